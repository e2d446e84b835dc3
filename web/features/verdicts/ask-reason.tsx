import { Text, Textarea } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Verdict } from '#schemas/verdict.ts';
import { answered, api } from '../../shared/api/api.ts';
import { speakersQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { AskAgain } from '../../shared/ui/ask-again.tsx';

interface AskReasonProps {
  readonly verdict: Verdict;
  readonly onClose: () => void;
}

/** Asks for the reason that is accepted. */
export const AskReason = ({ verdict, onClose }: AskReasonProps) => {
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
