import { Stack } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MakeGoodMode } from '#schemas/make-good.ts';
import { answered, api } from '../../shared/api/api.ts';
import { unitsQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { ChoiceField, toChoices } from '../../shared/ui/choice-field.tsx';
import { Refusal } from '../../shared/ui/refusal.tsx';
import { makeGoodPolicyQuery } from './settings-queries.ts';

const modes = ['byItself', 'permit', 'off'] as const satisfies readonly MakeGoodMode[];
const INHERITED = 'inherited';
type Choice = MakeGoodMode | typeof INHERITED;

/** Whether speakers repay by themselves what was missed: for the site, and for units that differ. */
export const MakeGoodPolicy = () => {
  const say = useText();
  const { data: policy } = useSuspenseQuery(makeGoodPolicyQuery);
  const { data: units } = useSuspenseQuery(unitsQuery);
  const set = useDeed(
    ({ unit, choice }: { readonly unit: string | null; readonly choice: Choice }) => {
      const mode = choice === INHERITED ? null : choice;
      return answered(api['make-good'].policy.$post({ json: { unit, mode } }));
    },
    [makeGoodPolicyQuery.queryKey],
  );
  const [another, setAnother] = useState('');
  const isShown = ({ id }: { readonly id: string }) => id === another || id in policy.units;
  const choices = modes.map((value) => ({ value, label: say(`repay.${value}`) }));
  const inherited = { value: INHERITED, label: say('repay.inherited') } as const;
  return (
    <Stack>
      <Refusal error={set.error} />
      <ChoiceField<Choice>
        label={say('repay.site')}
        value={policy.site}
        choices={choices}
        onChoice={(choice) => set.mutate({ unit: null, choice })}
      />
      {units.filter(isShown).map(({ id, name }) => (
        <ChoiceField<Choice>
          key={id}
          label={name}
          value={policy.units[id] ?? INHERITED}
          choices={[inherited, ...choices]}
          onChoice={(choice) => set.mutate({ unit: id, choice })}
        />
      ))}
      <ChoiceField
        label={say('repay.another')}
        value=""
        choices={toChoices(
          units.filter((unit) => !isShown(unit)),
          '',
        )}
        onChoice={setAnother}
      />
    </Stack>
  );
};
