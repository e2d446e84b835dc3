import { Group, List, Stack, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { isBeside } from '#core/airtime/corrections.ts';
import { verdictToSentence } from '#schemas/messages/airtime-sentences.ts';
import type { SessionEvidence, Verdict } from '#schemas/verdict.ts';
import { lengthOf, useLocalTimes } from '../../shared/local-time.ts';
import { useLanguage } from '../../shared/texts/language.ts';
import { useText } from '../../shared/texts/texts.ts';
import { ExcuseDeed } from './excuse-deed.tsx';
import type { Inspection } from './week-query.ts';

const CorrectionList = lazy(async () => ({
  default: (await import('./week-corrections.tsx')).CorrectionList,
}));

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

interface EvidenceProps {
  readonly verdict: Verdict;
  readonly inspection: Inspection;
}

/** What a verdict rests on: each session, what it brought, and which records say so. */
export const Evidence = ({ verdict, inspection }: EvidenceProps) => {
  const say = useText();
  const times = useLocalTimes();
  // Why a session was not counted stands with the session.
  const said = verdictToSentence(verdict, useLanguage());
  const excuse = inspection.excuses.find(({ id }) => id === verdict.excuse);
  const beside = inspection.corrections.filter((one) => isBeside(verdict, one));
  return (
    <Stack gap={4}>
      <Text size="sm">{said}</Text>
      {excuse !== undefined && (
        <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
          {say('excuse.given', {
            reason: excuse.reason,
            who: excuse.acceptedBy,
            when: times.dayAndTime(excuse.acceptedMs),
          })}
        </Text>
      )}
      {beside.length > 0 && (
        <Suspense>
          <CorrectionList given={beside} />
        </Suspense>
      )}
      {verdict.sessions.length === 0 ? (
        <Text size="sm">{say('evidence.none')}</Text>
      ) : (
        <List size="sm">
          {verdict.sessions.map((session) => (
            <Session key={session.session} session={session} />
          ))}
        </List>
      )}
      <Group>
        <ExcuseDeed verdict={verdict} />
      </Group>
    </Stack>
  );
};
