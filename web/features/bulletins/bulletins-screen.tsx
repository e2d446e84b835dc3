import { Button, NativeSelect, SimpleGrid, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { bulletinsQuery } from '../../shared/api/queries.ts';
import { useHasRole } from '../../shared/me.tsx';
import { useText } from '../../shared/texts/texts.ts';
import { Dialogue } from '../../shared/ui/dialogue.tsx';
import { LongList } from '../../shared/ui/long-list.tsx';
import { Screen } from '../../shared/ui/screen.tsx';
import { BulletinCard } from './bulletin-card.tsx';

const UploadForm = lazy(async () => ({
  default: (await import('./upload-form.tsx')).UploadForm,
}));
const RecordForm = lazy(async () => ({
  default: (await import('./recording/record-form.tsx')).RecordForm,
}));
const HotlinesDeed = lazy(async () => ({
  default: (await import('./hotlines/hotlines-deed.tsx')).HotlinesDeed,
}));
const IdentsDeed = lazy(async () => ({
  default: (await import('./idents/idents-deed.tsx')).IdentsDeed,
}));
const NumberWork = lazy(async () => ({
  default: (await import('./hotlines/number-work.tsx')).NumberWork,
}));
const SiteWords = lazy(async () => ({ default: (await import('./site-words.tsx')).SiteWords }));
const TextForm = lazy(async () => ({ default: (await import('./text-form.tsx')).TextForm }));

const UploadList = lazy(async () => ({
  default: (await import('./uploads/upload-list.tsx')).UploadList,
}));
const UnheardWithdrawals = lazy(async () => ({
  default: (await import('./unheard-withdrawals.tsx')).UnheardWithdrawals,
}));

const states = ['submitted', 'released', 'rejected', 'draft', 'withdrawn'] as const;
type Shown = Bulletin['state'] | 'all';
const shownStates = [...states, 'all'] as const;

/**
 * Uploading, recording, typing, the words, the telephone numbers and the idents of the site, each in a
 * dialogue of its own.
 */
const Bring = () => {
  const say = useText();
  const [open, setOpen] = useState<'upload' | 'record' | 'text' | 'words' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Button onClick={() => setOpen('upload')}>{say('upload')}</Button>
      <Button variant="default" onClick={() => setOpen('record')}>
        {say('record')}
      </Button>
      <Button variant="default" onClick={() => setOpen('text')}>
        {say('text')}
      </Button>
      <Button variant="default" onClick={() => setOpen('words')}>
        {say('words')}
      </Button>
      <Suspense>
        <HotlinesDeed />
        <IdentsDeed />
      </Suspense>
      {open !== null && (
        <Dialogue title={say(open)} onClose={close}>
          <Suspense>
            {open === 'upload' && <UploadForm onDone={close} />}
            {open === 'record' && <RecordForm onDone={close} />}
            {open === 'text' && <TextForm onDone={close} />}
            {open === 'words' && <SiteWords />}
          </Suspense>
        </Dialogue>
      )}
    </>
  );
};

/** Bulletins, from being brought to being withdrawn. */
export const BulletinsScreen = () => {
  const say = useText();
  const operates = useHasRole('operator');
  const approves = useHasRole('approver');
  const { data: bulletins } = useSuspenseQuery(bulletinsQuery);
  const [shown, setShown] = useState<Shown>(approves && !operates ? 'submitted' : 'all');
  const listed = bulletins
    .filter(({ state }) => (shown === 'all' ? state !== 'replaced' : state === shown))
    .toSorted((a, b) => b.createdMs - a.createdMs);
  return (
    <Screen title={say('place.bulletins')} deeds={operates && <Bring />}>
      <Suspense>{operates && <UploadList />}</Suspense>
      <Suspense>
        <UnheardWithdrawals />
        <NumberWork />
      </Suspense>
      <NativeSelect
        label={say('bulletin.show')}
        maw={260}
        value={shown}
        onChange={({ currentTarget }) =>
          setShown(shownStates.find((state) => state === currentTarget.value) ?? 'all')
        }
        data={shownStates.map((state) => ({ value: state, label: say(`bulletinState.${state}`) }))}
      />
      {listed.length === 0 && <Text>{say('bulletin.none')}</Text>}
      <LongList label={say('place.bulletins')} all={listed} toText={({ title }) => title}>
        {(drawn) => (
          <SimpleGrid cols={{ base: 1, lg: 2 }}>
            {drawn.map((bulletin) => (
              <BulletinCard key={bulletin.id} bulletin={bulletin} />
            ))}
          </SimpleGrid>
        )}
      </LongList>
    </Screen>
  );
};
