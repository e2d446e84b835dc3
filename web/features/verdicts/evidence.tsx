import { List, Stack, Text } from '@mantine/core';
import type { SessionEvidence, Verdict } from '#schemas/verdict.ts';
import { lengthOf, useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';

const Session = ({ session }: { readonly session: SessionEvidence }) => {
  const say = useText();
  const times = useLocalTimes();
  const records = [...session.broadcasts.map(({ seq }) => seq), ...session.refusals];
  const facts = { when: times.dayAndTime(session.plannedMs), length: lengthOf(session.airtimeMs) };
  const judged = session.counted
    ? say('evidence.counted', facts)
    : say('evidence.notCounted', {
        ...facts,
        reason: session.reason === null ? '–' : say(`notCounted.${session.reason}`),
      });
  return (
    <List.Item>
      {judged}
      {records.length > 0 && ` ${say('evidence.records', { seqs: records.join(', ') })}`}
    </List.Item>
  );
};

/** What a verdict rests on: each session, what it brought, and which records say so. */
export const Evidence = ({ verdict }: { readonly verdict: Verdict }) => {
  const say = useText();
  const { shortfall, unknown } = verdict;
  return (
    <Stack gap={4}>
      {shortfall.occurrences > 0 && (
        <Text size="sm">
          {say('evidence.shortfall', {
            occurrences: shortfall.occurrences,
            length: lengthOf(shortfall.seconds * 1000),
          })}
        </Text>
      )}
      {unknown !== null && <Text size="sm">{say(`unknown.${unknown}`)}</Text>}
      {verdict.late && <Text size="sm">{say('evidence.late')}</Text>}
      {verdict.sessions.length === 0 ? (
        <Text size="sm">{say('evidence.none')}</Text>
      ) : (
        <List size="sm">
          {verdict.sessions.map((session) => (
            <Session key={session.session} session={session} />
          ))}
        </List>
      )}
    </Stack>
  );
};
