import { SimpleGrid } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { unitsQuery } from '../../shared/api/queries.ts';
import { useText } from '../../shared/texts/texts.ts';
import { ChoiceField, toChoices } from '../../shared/ui/choice-field.tsx';
import { LineField } from '../../shared/ui/line-field.tsx';
import type { RuleFieldsProps } from './rule-draft.ts';

const scopes = ['own', 'subtree', 'each'] as const;
const levels = ['province', 'commune', 'village'] as const;

/** Whose speakers owe the rule, and how many of them must meet it. */
export const RuleOwners = ({ draft, onChange }: RuleFieldsProps) => {
  const say = useText();
  const { data: units } = useSuspenseQuery(unitsQuery);
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <ChoiceField
        label={say('rule.unit')}
        required
        value={draft.unit}
        choices={toChoices(units, '').slice(1)}
        onChoice={(unit) => onChange({ unit })}
      />
      <ChoiceField
        label={say('rule.scope')}
        value={draft.scope}
        choices={scopes.map((value) => ({ value, label: say(`scope.${value}`) }))}
        onChoice={(scope) => onChange({ scope })}
      />
      {draft.scope === 'each' && (
        <ChoiceField
          label={say('rule.level')}
          value={draft.level}
          choices={levels.map((value) => ({ value, label: say(`level.${value}`) }))}
          onChoice={(level) => onChange({ level })}
        />
      )}
      <LineField
        label={say('rule.coverage')}
        type="number"
        required
        min={0.01}
        max={100}
        step="any"
        value={draft.coverage}
        onText={(coverage) => onChange({ coverage })}
      />
    </SimpleGrid>
  );
};
