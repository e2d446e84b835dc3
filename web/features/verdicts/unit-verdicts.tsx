import { Card } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { unitVerdictToSentence } from '#schemas/messages/airtime-sentences.ts';
import type { UnitVerdict } from '#schemas/verdict.ts';
import { unitsQuery } from '../../shared/api/queries.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useLanguage } from '../../shared/texts/language.ts';
import { useText } from '../../shared/texts/texts.ts';
import { PlainTable } from '../../shared/ui/plain-table.tsx';
import { VerdictBadge } from './verdict-badge.tsx';
import type { GivenCorrection } from './week-query.ts';

const UnitCorrections = lazy(async () => ({
  default: (await import('./unit-corrections.tsx')).UnitCorrections,
}));

interface UnitVerdictsProps {
  /** What the rule is about, to tell its table from others. */
  readonly campaign: string;
  readonly verdicts: readonly UnitVerdict[];
  /** What inspectors found about the unit history of the days around. */
  readonly corrections: readonly GivenCorrection[];
}

/** The verdicts of the units that owe a rule, with what their speakers lack together. */
export const UnitVerdicts = ({ campaign, verdicts, corrections }: UnitVerdictsProps) => {
  const say = useText();
  const language = useLanguage();
  const times = useLocalTimes();
  const { data: units } = useSuspenseQuery(unitsQuery);
  return (
    <Card withBorder p={0}>
      <PlainTable
        label={say('units.verdictsOf', { campaign })}
        heads={[
          say('reconciliation.day'),
          say('rule.unit'),
          say('place.verdicts'),
          say('speakers.list'),
        ]}
        minWidth={560}
      >
        {verdicts.map((verdict) => {
          const { unit, period } = verdict;
          return (
            <tr key={`${unit} ${period.from}`}>
              <td>{times.dayName(period.from)}</td>
              <td>{units.find(({ id }) => id === unit)?.name}</td>
              <td>
                <VerdictBadge verdict={verdict.verdict} />
              </td>
              <td>
                {unitVerdictToSentence(verdict, language)}
                {corrections.length > 0 && (
                  <Suspense>
                    <UnitCorrections verdict={verdict} given={corrections} />
                  </Suspense>
                )}
              </td>
            </tr>
          );
        })}
      </PlainTable>
    </Card>
  );
};
