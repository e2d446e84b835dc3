import { Accordion, SimpleGrid } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { campaignsQuery, unitsQuery } from '../../shared/api/queries.ts';
import { useText } from '../../shared/texts/texts.ts';
import { ChoiceField, toChoices } from '../../shared/ui/choice-field.tsx';
import { LineField } from '../../shared/ui/line-field.tsx';
import { rulesQuery } from './airtime-queries.ts';
import { newestOf } from './newest-versions.ts';
import type { RuleFieldsProps } from './rule-draft.ts';

const counts = ['campaign', 'session'] as const;

const UnlessAired = ({ draft, onChange, rule }: RuleFieldsProps & { rule: string | undefined }) => {
  const say = useText();
  const { data: rules } = useSuspenseQuery(rulesQuery);
  const { data: campaigns } = useSuspenseQuery(campaignsQuery);
  const { data: units } = useSuspenseQuery(unitsQuery);
  const nameOf = (things: readonly { id: string; name: string }[], id: string) =>
    things.find((thing) => thing.id === id)?.name ?? '';
  const others = newestOf(rules)
    .filter(({ id }) => id !== rule)
    .map(({ id, campaign, unit }) => ({
      id,
      name: `${nameOf(campaigns, campaign)} · ${nameOf(units, unit)}`,
    }));
  return (
    <ChoiceField
      label={say('rule.unlessAired')}
      value={draft.unlessAired}
      choices={toChoices(others, say('rule.alwaysOwed'))}
      onChoice={(unlessAired) => onChange({ unlessAired })}
    />
  );
};

/** What most rules leave as it is. */
export const RuleMoreFields = (props: RuleFieldsProps & { readonly rule: string | undefined }) => {
  const say = useText();
  const { draft, onChange } = props;
  const numbers = [
    { field: 'minSpacingMin', label: say('rule.spacing'), max: 1440 },
    { field: 'maxGapS', label: say('rule.maxGap'), max: 3600 },
    { field: 'startToleranceS', label: say('rule.tolerance'), max: 3600 },
  ] as const;
  return (
    <Accordion variant="contained">
      <Accordion.Item value="more">
        <Accordion.Control>{say('rule.more')}</Accordion.Control>
        <Accordion.Panel>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {numbers.map(({ field, label, max }) => (
              <LineField
                key={field}
                label={label}
                type="number"
                required
                min={0}
                max={max}
                value={draft[field]}
                onText={(text) => onChange({ [field]: text })}
              />
            ))}
            <ChoiceField
              label={say('rule.counts')}
              value={draft.counts}
              choices={counts.map((value) => ({ value, label: say(`counts.${value}`) }))}
              onChoice={(chosen) => onChange({ counts: chosen })}
            />
            <UnlessAired {...props} />
          </SimpleGrid>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
};
