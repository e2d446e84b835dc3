import { SimpleGrid, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { campaignsQuery, unitsQuery } from '../../shared/api/queries.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { useNow } from '../../shared/use-now.ts';
import { directivesQuery, rulesQuery } from './airtime-queries.ts';
import { demandToText } from './airtime-text.ts';
import { EntryCard } from './entry-card.tsx';
import { newestOf, versionsOf } from './newest-versions.ts';
import { VersionState } from './version-state.tsx';

interface RuleListProps {
  /** Undefined for who may not change rules. */
  readonly onChange: ((rule: AirtimeRule) => void) | undefined;
}

const useRuleLines = () => {
  const say = useText();
  const times = useLocalTimes();
  const { data: directives } = useSuspenseQuery(directivesQuery);
  const { data: campaigns } = useSuspenseQuery(campaignsQuery);
  const { data: units } = useSuspenseQuery(unitsQuery);
  const { data: rules } = useSuspenseQuery(rulesQuery);
  const campaignOf = (id: string) => campaigns.find((campaign) => campaign.id === id)?.name ?? '';
  const unitOf = (id: string) => units.find((unit) => unit.id === id)?.name ?? '';
  const linesOf = (rule: AirtimeRule): readonly string[] => {
    const cited = directives.find(({ id }) => id === rule.directive);
    const other = rules.find(({ id }) => id === rule.unlessAired);
    return [
      demandToText(rule, say),
      `${unitOf(rule.unit)}: ${say(`scope.${rule.scope}`)}`,
      say('rule.validity', { from: times.date(rule.from), to: times.date(rule.to) }),
      say(`counts.${rule.counts}`),
      ...(other === undefined
        ? []
        : [
            say('rule.exempted', {
              rule: `“${campaignOf(other.campaign)}” (${unitOf(other.unit)})`,
            }),
          ]),
      ...(cited === undefined
        ? []
        : [say('directive.cited', { ...cited, day: times.date(cited.day) })]),
    ];
  };
  const versionText = (rule: AirtimeRule): string =>
    `${say('rule.version', { version: rule.version, from: times.date(rule.versionFrom) })}: ${demandToText(rule, say)}`;
  return { campaignOf, linesOf, versionText };
};

/** Every rule in its newest version, with those before. */
export const RuleList = ({ onChange }: RuleListProps) => {
  const say = useText();
  const today = useLocalTimes().day(useNow());
  const { data: rules } = useSuspenseQuery(rulesQuery);
  const { campaignOf, linesOf, versionText } = useRuleLines();
  if (rules.length === 0) return <Text>{say('rules.none')}</Text>;
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }}>
      {newestOf(rules)
        .toReversed()
        .map((rule) => (
          <EntryCard
            key={rule.id}
            title={campaignOf(rule.campaign)}
            state={<VersionState from={rule.from} to={rule.to} today={today} />}
            lines={linesOf(rule)}
            history={versionsOf(rules, rule.id).map(versionText)}
            change={onChange && { label: say('rule.change'), run: () => onChange(rule) }}
          />
        ))}
    </SimpleGrid>
  );
};
