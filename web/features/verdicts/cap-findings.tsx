import { Alert, List } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { CapFinding } from '#schemas/verdict.ts';
import { speakersQuery } from '../../shared/api/queries.ts';
import { lengthOf, useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';

/** What is counted in sessions or days; anything else in milliseconds. */
const COUNTED: ReadonlySet<CapFinding['code']> = new Set(['maxSessionsPerDay', 'maxDaysPerWeek']);

/** The caps that were broken, whatever the verdicts. */
export const CapFindings = ({ findings }: { readonly findings: readonly CapFinding[] }) => {
  const say = useText();
  const times = useLocalTimes();
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  if (findings.length === 0) return null;
  const told = (code: CapFinding['code'], value: number) =>
    COUNTED.has(code) ? value : lengthOf(value);
  return (
    <Alert color="red" variant="light" c="dark" title={say('capFindings.list')}>
      <List size="sm">
        {findings.map(({ cap, speaker, code, day, session, found, allowed }) => (
          <List.Item key={`${cap} ${speaker} ${code} ${day} ${session}`} data-breach={code}>
            {[
              times.dayName(day),
              speakers.find(({ id }) => id === speaker)?.name ?? speaker,
              say(`capFinding.${code}`, { found: told(code, found), allowed: told(code, allowed) }),
            ].join(' · ')}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
};
