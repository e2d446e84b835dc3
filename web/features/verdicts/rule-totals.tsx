import { Accordion, Card, SegmentedControl, Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { speakersQuery, unitsQuery } from '../../shared/api/queries.ts';
import { lengthOf, useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { PlainTable } from '../../shared/ui/plain-table.tsx';
import { Waiting } from '../../shared/ui/waiting.tsx';
import { type Totals, totalsQuery } from './week-query.ts';

type Span = 'week' | 'all';

/** From the top of the tree down. */
const levels = ['province', 'commune', 'village'] as const;

interface RuleTotalsProps {
  readonly rule: string;
  /** What the rule is about, to tell its table from others. */
  readonly campaign: string;
  readonly monday: string;
}

const TotalsRow = ({ name, totals }: { readonly name: string; readonly totals: Totals }) => {
  const say = useText();
  const { periods, verdicts, shortfall } = totals;
  const sum = (...codes: (keyof typeof verdicts)[]): number =>
    codes.reduce((all, code) => all + (verdicts[code] ?? 0), 0);
  const { occurrences, seconds } = shortfall;
  return (
    <tr>
      <td>{name}</td>
      <td>{say('totals.met', { met: sum('met'), periods })}</td>
      <td>{sum('tooFew', 'tooShort', 'unproven')}</td>
      <td>{sum('unknown', 'pending')}</td>
      <td>
        {occurrences > 0 && say('unitVerdict.lacksTimes', { occurrences })}
        {seconds > 0 && `, ${lengthOf(seconds * 1000)}`}
      </td>
    </tr>
  );
};

const TotalsTable = ({ rule, campaign, monday, span }: RuleTotalsProps & { span: Span }) => {
  const say = useText();
  const times = useLocalTimes();
  const { data } = useSuspenseQuery(totalsQuery(rule, span, monday));
  const { data: units } = useSuspenseQuery(unitsQuery);
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  const heightOf = (id: string) =>
    levels.findIndex((level) => units.find((unit) => unit.id === id)?.level === level);
  const byHeight = (a: { unit: string }, b: { unit: string }) =>
    heightOf(a.unit) - heightOf(b.unit);
  const nameOf = (things: readonly { id: string; name: string }[], id: string) =>
    things.find((thing) => thing.id === id)?.name ?? id;
  return (
    <Stack gap="xs">
      <Text size="sm">
        {say('rule.validity', { from: times.date(data.from), to: times.date(data.to) })}
      </Text>
      <Card withBorder p={0}>
        <PlainTable
          label={say('totals.of', { campaign })}
          heads={[
            say('totals.who'),
            say('verdict.met'),
            say('totals.missed'),
            say('verdict.unknown'),
            say('totals.lacking'),
          ]}
          minWidth={560}
        >
          {data.units.toSorted(byHeight).map(({ unit, totals }) => (
            <TotalsRow key={unit} name={nameOf(units, unit)} totals={totals} />
          ))}
          {data.speakers.map(({ speaker, totals }) => (
            <TotalsRow key={speaker} name={nameOf(speakers, speaker)} totals={totals} />
          ))}
        </PlainTable>
      </Card>
    </Stack>
  );
};

/** What the verdicts of a rule add up to, for each speaker and each unit up to the top. */
export const RuleTotals = (props: RuleTotalsProps) => {
  const say = useText();
  const [open, setOpen] = useState<string | null>(null);
  const [span, setSpan] = useState<Span>('week');
  return (
    <Accordion variant="contained" value={open} onChange={setOpen}>
      <Accordion.Item value="totals">
        <Accordion.Control>{say('totals')}</Accordion.Control>
        <Accordion.Panel>
          {open !== null && (
            <Stack gap="xs">
              <SegmentedControl
                aria-label={say('totals')}
                value={span}
                onChange={(value) => setSpan(value === 'all' ? 'all' : 'week')}
                data={[
                  { value: 'week', label: say('totals.week') },
                  { value: 'all', label: say('totals.all') },
                ]}
              />
              <Suspense fallback={<Waiting />}>
                <TotalsTable {...props} span={span} />
              </Suspense>
            </Stack>
          )}
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
};
