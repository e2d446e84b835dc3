import { NativeSelect } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Unit } from '#schemas/entities/site.ts';
import { answered, api } from '../../shared/api/api.ts';
import { speakersQuery, unitsQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { DeedForm } from '../../shared/ui/deed-form.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import type { Code } from './code-shown.tsx';

const DEFAULT_VOLUME = '80';

/** Loudspeakers hang in villages; a site without one has other units. */
const villageFirst = (units: readonly Unit[]): Unit | undefined =>
  units.find(({ level }) => level === 'village') ?? units[0];

/** A new speaker in a unit; gives its enrolment code. */
export const SpeakerForm = ({ onDone }: { readonly onDone: (code: Code) => void }) => {
  const say = useText();
  const { data: units } = useSuspenseQuery(unitsQuery);
  const [name, setName] = useState('');
  const [unit, setUnit] = useState(villageFirst(units)?.id ?? '');
  const [volume, setVolume] = useState(DEFAULT_VOLUME);
  const create = useDeed(async () => {
    const json = { name, unit, volume: Number(volume) };
    const { enrolment } = await answered(api.speakers.$post({ json }));
    onDone(enrolment);
  }, [speakersQuery.queryKey]);
  return (
    <DeedForm deed={create} label={say('speaker.create')}>
      <TextField label={say('name')} maxLength={120} value={name} onText={setName} />
      <NativeSelect
        label={say('speaker.unit')}
        data={units.map(({ id, name: label }) => ({ value: id, label }))}
        value={unit}
        onChange={({ currentTarget }) => setUnit(currentTarget.value)}
      />
      <TextField
        label={say('speaker.volume')}
        type="number"
        min={0}
        max={100}
        value={volume}
        onText={setVolume}
      />
    </DeedForm>
  );
};
