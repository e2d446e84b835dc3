import { Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IdentRole } from '#schemas/entities/ident.ts';
import { answered, api } from '../../../shared/api/api.ts';
import { bulletinsQuery, unitsQuery } from '../../../shared/api/queries.ts';
import { useDeed } from '../../../shared/api/use-deed.ts';
import { ChoiceField } from '../../../shared/ui/choice-field.tsx';
import { DeedForm } from '../../../shared/ui/deed-form.tsx';
import { fittingBulletins } from './fitting.ts';
import { useIdentText } from './ident-texts.ts';

interface IdentChoiceProps {
  readonly row: {
    readonly role: IdentRole;
    readonly unit: string | null;
    /** The first version of what was chosen for the unit itself. */
    readonly own: string | null;
  };
  readonly name: string;
}

/** Chooses what opens, or closes, the sessions of one unit, among what was released for it. */
export const IdentChoice = ({ row, name }: IdentChoiceProps) => {
  const say = useIdentText();
  const { data: bulletins } = useSuspenseQuery(bulletinsQuery);
  const { data: units } = useSuspenseQuery(unitsQuery);
  const fitting = fittingBulletins(bulletins, units, row);
  const [chosen, setChosen] = useState(
    () => fitting.find(({ first }) => first === row.own)?.id ?? '',
  );
  const save = useDeed(async () => {
    const { role, unit } = row;
    await answered(
      api.idents.$put({ json: { role, unit, bulletin: chosen === '' ? null : chosen } }),
    );
  }, [bulletinsQuery.queryKey]);
  return (
    <DeedForm deed={save} label={say('save')}>
      <ChoiceField
        label={say('choice', { unit: name })}
        value={chosen}
        choices={[
          { value: '', label: say('noneOwn') },
          ...fitting.map(({ id, title }) => ({ value: id, label: title })),
        ]}
        onChoice={(value) => {
          save.reset();
          setChosen(value);
        }}
      />
      {save.isSuccess && <Text role="status">{say('saved')}</Text>}
    </DeedForm>
  );
};
