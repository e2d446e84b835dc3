import { Accordion, Group, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { Verdict } from '#schemas/verdict.ts';
import { speakersQuery } from '../../shared/api/queries.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { Evidence } from './evidence.tsx';
import { VerdictBadge } from './verdict-badge.tsx';
import type { Inspection } from './week-query.ts';

const PeriodText = ({ verdict }: { readonly verdict: Verdict }) => {
  const say = useText();
  const times = useLocalTimes();
  const { per, from, to } = verdict.period;
  return per === 'day'
    ? times.dayName(from)
    : say('verdict.period', { from: times.dayName(from), to: times.dayName(to) });
};

interface VerdictTableProps {
  readonly verdicts: readonly Verdict[];
  readonly inspection: Inspection;
}

/** The verdicts of one rule: a line for each speaker and period, with its evidence inside. */
export const VerdictTable = ({ verdicts, inspection }: VerdictTableProps) => {
  const say = useText();
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  const nameOf = (id: string) => speakers.find((speaker) => speaker.id === id)?.name ?? id;
  return (
    <Accordion variant="contained" multiple>
      {verdicts.map((verdict) => {
        // It becomes part of an id, in which no space may stand.
        const key = `${verdict.speaker}-${verdict.period.per}-${verdict.period.from}`;
        return (
          <Accordion.Item key={key} value={key}>
            <Accordion.Control>
              <Group justify="space-between" gap="xs">
                <Text size="sm">
                  <PeriodText verdict={verdict} /> · {nameOf(verdict.speaker)}
                </Text>
                <Group gap="xs">
                  <Text size="sm">
                    {say('verdict.count', { has: verdict.has, owed: verdict.owed })}
                  </Text>
                  <VerdictBadge verdict={verdict.verdict} />
                </Group>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <Evidence verdict={verdict} inspection={inspection} />
            </Accordion.Panel>
          </Accordion.Item>
        );
      })}
    </Accordion>
  );
};
