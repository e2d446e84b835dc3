import { Button, Title } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Speaker } from '#schemas/entities/site.ts';
import { useText } from '../../shared/texts/texts.ts';
import { Dialogue } from '../../shared/ui/dialogue.tsx';
import { Screen } from '../../shared/ui/screen.tsx';
import { type Code, CodeShown } from './code-shown.tsx';
import { SpeakerTable } from './speaker-table.tsx';
import { UnitTable } from './unit-table.tsx';

const SpeakerForm = lazy(async () => ({
  default: (await import('./speaker-form.tsx')).SpeakerForm,
}));
const StickForm = lazy(async () => ({ default: (await import('./stick-form.tsx')).StickForm }));
const Upkeep = lazy(async () => ({ default: (await import('./upkeep.tsx')).Upkeep }));
const ReadinessTable = lazy(async () => ({
  default: (await import('./readiness-table.tsx')).ReadinessTable,
}));
const UnitForm = lazy(async () => ({ default: (await import('./unit-form.tsx')).UnitForm }));

type Open =
  | { readonly what: 'speaker' | 'unit' | 'stick' }
  | { readonly what: 'code'; readonly code: Code }
  | { readonly what: 'upkeep'; readonly speaker: Speaker };

const titleByOpen = {
  speaker: 'speaker.create',
  unit: 'unit.create',
  stick: 'stick.title',
  code: 'code.title',
} as const;

/** Units, speakers, and how machines become speakers. */
export const SpeakersScreen = () => {
  const say = useText();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const showCode = (code: Code) => setOpen({ what: 'code', code });
  return (
    <Screen
      title={say('place.speakers')}
      deeds={
        <>
          <Button onClick={() => setOpen({ what: 'speaker' })}>{say('speaker.create')}</Button>
          <Button variant="default" onClick={() => setOpen({ what: 'unit' })}>
            {say('unit.create')}
          </Button>
          <Button variant="default" onClick={() => setOpen({ what: 'stick' })}>
            {say('stick.title')}
          </Button>
        </>
      }
    >
      <Title order={2} size="h4">
        {say('speakers.list')}
      </Title>
      <SpeakerTable
        onCode={showCode}
        onUpkeep={(speaker) => setOpen({ what: 'upkeep', speaker })}
      />
      <Suspense>
        <ReadinessTable />
      </Suspense>
      <Title order={2} size="h4">
        {say('units.list')}
      </Title>
      <UnitTable />
      {open !== null && (
        <Dialogue
          title={open.what === 'upkeep' ? open.speaker.name : say(titleByOpen[open.what])}
          onClose={close}
        >
          <Suspense>
            {open.what === 'speaker' && <SpeakerForm onDone={showCode} />}
            {open.what === 'unit' && <UnitForm onDone={close} />}
            {open.what === 'stick' && <StickForm />}
            {open.what === 'upkeep' && <Upkeep speaker={open.speaker} />}
            {open.what === 'code' && <CodeShown code={open.code} />}
          </Suspense>
        </Dialogue>
      )}
    </Screen>
  );
};
