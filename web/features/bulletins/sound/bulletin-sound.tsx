import { Anchor, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import type { Making } from '#schemas/making.ts';
import { useHasRole } from '../../../shared/me.tsx';
import { Dialogue } from '../../../shared/ui/dialogue.tsx';
import { makingQuery } from './making-query.ts';
import { useSeconds, useSoundText } from './sound-texts.ts';
import { useSeen } from './use-seen.ts';
import { Waveform } from './waveform.tsx';

const SoundForm = lazy(async () => ({ default: (await import('./sound-form.tsx')).SoundForm }));

const changeable = new Set<Bulletin['state']>(['draft', 'submitted', 'released', 'rejected']);

const Change = ({ bulletin, making }: { bulletin: Bulletin; making: Making }) => {
  const say = useSoundText();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Group gap="md">
      {changeable.has(bulletin.state) && (
        <Button size="xs" variant="default" onClick={() => setOpen(true)}>
          {say('sound.change')}
        </Button>
      )}
      <Anchor size="sm" href={`/api/bulletins/${bulletin.id}/original`} download>
        {say('sound.original')}
      </Anchor>
      {open && (
        <Dialogue title={say('sound.title', { title: bulletin.title })} onClose={close}>
          <Suspense>
            <SoundForm bulletin={bulletin} making={making} onDone={close} />
          </Suspense>
        </Dialogue>
      )}
    </Group>
  );
};

const Made = ({ bulletin, making }: { bulletin: Bulletin; making: Making }) => {
  const say = useSoundText();
  const seconds = useSeconds();
  const operates = useHasRole('operator');
  const { sourceMs, cutStartMs, cutEndMs } = making;
  const aired = { from: cutStartMs / sourceMs, to: 1 - cutEndMs / sourceMs };
  const cut = { start: seconds(cutStartMs), end: seconds(cutEndMs) };
  return (
    <>
      <Waveform
        peaks={making.peaks}
        aired={aired}
        label={say('sound.picture', { length: seconds(sourceMs) })}
      />
      {making.original !== null && (
        <Text size="sm" c="gray.7">
          {cutStartMs + cutEndMs > 0 ? say('sound.cut', cut) : say('sound.whole')}
        </Text>
      )}
      {making.original !== null && operates && <Change bulletin={bulletin} making={making} />}
    </>
  );
};

/** What the recording of a bulletin looks like, what of it is aired, and how that is changed. */
export const BulletinSound = ({ bulletin }: { readonly bulletin: Bulletin }) => {
  const [ref, seen] = useSeen<HTMLDivElement>();
  const { data: making } = useQuery({ ...makingQuery(bulletin.id), enabled: seen });
  return (
    <div ref={ref}>
      {making !== undefined && making !== null && <Made bulletin={bulletin} making={making} />}
    </div>
  );
};
