import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api } from '../../shared/api/api.ts';
import { speakersQuery, unitsQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { Refusal } from '../../shared/ui/refusal.tsx';
import type { Code } from './code-shown.tsx';

const DEFAULT_VOLUME = 80;

/** A new speaker in a unit; gives its enrolment code. */
export const SpeakerForm = ({ onDone }: { readonly onDone: (code: Code) => void }) => {
  const say = useText();
  const { data: units } = useSuspenseQuery(unitsQuery);
  const [name, setName] = useState('');
  const [unit, setUnit] = useState(units[0]?.id ?? '');
  const [volume, setVolume] = useState(DEFAULT_VOLUME);
  const create = useDeed(async () => {
    const { enrolment } = await answered(api.speakers.$post({ json: { name, unit, volume } }));
    onDone(enrolment);
  }, [speakersQuery.queryKey]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(undefined);
      }}
    >
      <Stack>
        <TextInput
          label={say('name')}
          required
          maxLength={120}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <NativeSelect
          label={say('speaker.unit')}
          data={units.map(({ id, name: label }) => ({ value: id, label }))}
          value={unit}
          onChange={({ currentTarget }) => setUnit(currentTarget.value)}
        />
        <TextInput
          label={say('speaker.volume')}
          type="number"
          required
          min={0}
          max={100}
          value={volume}
          onChange={({ currentTarget }) => setVolume(currentTarget.valueAsNumber)}
        />
        <Refusal error={create.error} />
        <Button type="submit" loading={create.isPending}>
          {say('speaker.create')}
        </Button>
      </Stack>
    </form>
  );
};
