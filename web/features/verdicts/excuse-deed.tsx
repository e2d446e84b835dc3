import { Button, Text, Textarea } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { VerdictCode } from '#schemas/airtime.ts';
import type { Verdict } from '#schemas/verdict.ts';
import { answered, api } from '../../shared/api/api.ts';
import { speakersQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useHasRole } from '../../shared/me.tsx';
import { useText } from '../../shared/texts/texts.ts';
import { AskAgain } from '../../shared/ui/ask-again.tsx';

/** Verdicts that leave nothing to be excused. */
const SETTLED: ReadonlySet<VerdictCode> = new Set(['met', 'notDue', 'exempt', 'excused']);

const AskReason = ({ verdict, onClose }: { verdict: Verdict; onClose: () => void }) => {
  const say = useText();
  const times = useLocalTimes();
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  const [reason, setReason] = useState('');
  const { rule, speaker, period } = verdict;
  const accept = useDeed(async () => {
    const json = { rule, speakers: [speaker], periodFrom: period.from, reason };
    await answered(api.excuses.$post({ json }));
    onClose();
  }, [['verdicts'], ['inspection']]);
  const named = {
    speaker: speakers.find(({ id }) => id === speaker)?.name ?? speaker,
    period:
      period.per === 'day'
        ? times.dayName(period.from)
        : say('verdict.period', { from: times.dayName(period.from), to: times.dayName(period.to) }),
  };
  return (
    <AskAgain
      title={say('excuse')}
      onClose={onClose}
      confirm={{ label: say('excuse'), run: () => accept.mutate(undefined) }}
      isGentle
      isBusy={accept.isPending}
      error={accept.error}
    >
      <Text>{say('excuse.ask', named)}</Text>
      <Textarea
        label={say('excuse.reason')}
        required
        maxLength={500}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </AskAgain>
  );
};

/** An inspector accepts a reason for a period that was not met. */
export const ExcuseDeed = ({ verdict }: { readonly verdict: Verdict }) => {
  const say = useText();
  const inspects = useHasRole('inspector');
  const [isAsked, setAsked] = useState(false);
  if (!inspects || SETTLED.has(verdict.verdict)) return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setAsked(true)}>
        {say('excuse')}
      </Button>
      {isAsked && <AskReason verdict={verdict} onClose={() => setAsked(false)} />}
    </>
  );
};
