import { NativeSelect } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Unit } from '#schemas/entities/site.ts';
import { answered, api } from '../../shared/api/api.ts';
import { unitsQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { DeedForm } from '../../shared/ui/deed-form.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';

const levels = ['province', 'commune', 'village'] as const satisfies readonly Unit['level'][];

/** Units under which one of the level may stand, the nearest level first. */
const unitsAbove = (units: readonly Unit[], level: Unit['level']): readonly Unit[] => {
  const rank = (unit: Unit) => levels.indexOf(unit.level);
  return units
    .filter((unit) => rank(unit) < levels.indexOf(level))
    .toSorted((a, b) => rank(b) - rank(a));
};

/** A new unit below another, or at the top. */
export const UnitForm = ({ onDone }: { readonly onDone: () => void }) => {
  const say = useText();
  const { data: units } = useSuspenseQuery(unitsQuery);
  const [name, setName] = useState('');
  const [level, setLevel] = useState<Unit['level']>('village');
  const [chosen, setChosen] = useState<string | null>();
  const above = unitsAbove(units, level);
  const fits = chosen === null || above.some(({ id }) => id === chosen);
  const parent = (fits ? chosen : above[0]?.id) ?? null;
  const create = useDeed(async () => {
    await answered(api.units.$post({ json: { name, level, parent } }));
    onDone();
  }, [unitsQuery.queryKey]);
  return (
    <DeedForm deed={create} label={say('unit.create')}>
      <TextField label={say('name')} maxLength={120} value={name} onText={setName} />
      <NativeSelect
        label={say('unit.level')}
        data={levels.map((value) => ({ value, label: say(`level.${value}`) }))}
        value={level}
        onChange={({ currentTarget }) =>
          setLevel(levels.find((one) => one === currentTarget.value) ?? 'village')
        }
      />
      <NativeSelect
        label={say('unit.parent')}
        data={[
          { value: '', label: say('unit.top') },
          ...above.map(({ id, name: label }) => ({ value: id, label })),
        ]}
        value={parent ?? ''}
        onChange={({ currentTarget }) => setChosen(currentTarget.value || null)}
      />
    </DeedForm>
  );
};
