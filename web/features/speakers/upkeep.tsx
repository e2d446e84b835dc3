import { Button, Divider, Group, Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Speaker } from '#schemas/entities/site.ts';
import { answered, api } from '../../shared/api/api.ts';
import { healthQuery, speakersQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { DeedForm } from '../../shared/ui/deed-form.tsx';
import { Refusal } from '../../shared/ui/refusal.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { useUpkeepText } from './upkeep-texts.ts';

interface OfSpeaker {
  readonly speaker: Speaker;
}

const VolumeForm = ({ speaker }: OfSpeaker) => {
  const say = useUpkeepText();
  const [volume, setVolume] = useState(String(speaker.volume));
  const set = useDeed(async () => {
    const json = { volume: Number(volume) };
    return answered(api.speakers[':id'].volume.$post({ param: { id: speaker.id }, json }));
  }, [speakersQuery.queryKey]);
  return (
    <DeedForm deed={set} label={say('volume.set')}>
      <TextField
        label={say('volume.percent')}
        description={say('volume.text')}
        type="number"
        min={0}
        max={100}
        value={volume}
        onText={setVolume}
      />
      {set.isSuccess && (
        <Text role="status">{say('volume.done', { volume: set.data.volume })}</Text>
      )}
    </DeedForm>
  );
};

/** How many records the server has of how many there are. */
const useDelivered = ({ id }: Speaker) => {
  const { data: told } = useSuspenseQuery(healthQuery(id));
  const { data: log } = useSuspenseQuery({
    queryKey: ['log', id, 'head'],
    queryFn: () => answered(api.speakers[':id'].log.$get({ param: { id }, query: { limit: 1 } })),
  });
  const have = log.head.seq;
  return { have, of: Math.max(have, told.health?.logSeq ?? 0) };
};

const AskForLog = ({ speaker }: OfSpeaker) => {
  const say = useUpkeepText();
  const delivered = useDelivered(speaker);
  const ask = useDeed(async () => {
    const [asked] = await answered(api['ask-for-logs'].$post({ json: { speakers: [speaker.id] } }));
    return asked?.fromSeq ?? 0;
  }, []);
  return (
    <Stack>
      <Text>{say('askForLog.text', delivered)}</Text>
      <Refusal error={ask.error} />
      <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>
        {say('askForLog')}
      </Button>
      {ask.isSuccess && <Text role="status">{say('askForLog.done', { seq: ask.data })}</Text>}
    </Stack>
  );
};

/** Asks a second time, because the village hears it. */
const Restart = ({ speaker }: OfSpeaker) => {
  const say = useUpkeepText();
  const sayDialogue = useText();
  const [isAsking, setAsking] = useState(false);
  const restart = useDeed(async () => {
    await answered(api.restart.$post({ json: { speakers: [speaker.id] } }));
    setAsking(false);
  }, []);
  if (!isAsking) {
    return (
      <Stack>
        <Button variant="default" onClick={() => setAsking(true)}>
          {say('restart')}
        </Button>
        {restart.isSuccess && <Text role="status">{say('restart.done')}</Text>}
      </Stack>
    );
  }
  return (
    <Stack>
      <Text>{say('restart.ask', { speaker: speaker.name })}</Text>
      <Refusal error={restart.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={() => setAsking(false)}>
          {sayDialogue('cancel')}
        </Button>
        <Button color="red.8" loading={restart.isPending} onClick={() => restart.mutate()}>
          {say('restart.confirm')}
        </Button>
      </Group>
    </Stack>
  );
};

/** What is done to one speaker from afar: its volume, its log, a restart. */
export const Upkeep = ({ speaker }: OfSpeaker) => (
  <Stack>
    <VolumeForm speaker={speaker} />
    <Divider />
    <AskForLog speaker={speaker} />
    <Divider />
    <Restart speaker={speaker} />
  </Stack>
);
