import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import type { DayReconciliation } from '#schemas/reconciliation.ts';
import { speakersQuery } from '../../shared/api/queries.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { Screen } from '../../shared/ui/screen.tsx';
import { Waiting } from '../../shared/ui/waiting.tsx';
import { useNow } from '../../shared/use-now.ts';
import { useReconciliation } from './day-query.ts';
import { SpeakerDay } from './speaker-day.tsx';
import { TotalsText } from './totals-text.tsx';

const fields = ['aired', 'slots', 'airedMs', 'plannedMs', 'missedMs', 'awaitingMs'] as const;

/** Sums of sums; nothing is rounded. */
const sumOf = (days: readonly DayReconciliation[]) => {
  const of = (field: (typeof fields)[number]) =>
    days.reduce((sum, { totals }) => sum + totals[field], 0);
  return {
    totals: {
      aired: of('aired'),
      slots: of('slots'),
      airedMs: of('airedMs'),
      plannedMs: of('plannedMs'),
      missedMs: of('missedMs'),
      awaitingMs: of('awaitingMs'),
    },
    outsideMs: days.reduce((sum, { outsideMs }) => sum + outsideMs, 0),
  };
};

const Day = ({ day }: { readonly day: string }) => {
  const say = useText();
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useReconciliation(day);
  const days = data.pages.flatMap((page) => page.days);
  const unplanned = new Set(data.pages.flatMap((page) => page.unplanned));
  const nameOf = (id: string) => speakers.find((speaker) => speaker.id === id)?.name ?? id;
  if (days.length === 0) return <Text>{say('reconciliation.none')}</Text>;
  return (
    <Stack>
      {days.length > 1 && (
        <div>
          <Title order={2} size="h4">
            {say('reconciliation.all')}
          </Title>
          <TotalsText {...sumOf(days)} />
        </div>
      )}
      {days.map((one) => (
        <SpeakerDay
          key={one.speaker}
          name={nameOf(one.speaker)}
          isPlanned={!unplanned.has(one.speaker)}
          day={one}
        />
      ))}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {say('reconciliation.more')}
        </Button>
      )}
    </Stack>
  );
};

/** What was planned for a day beside what was aired, slot by slot. */
export const ReconciliationScreen = () => {
  const say = useText();
  const times = useLocalTimes();
  const today = times.day(useNow());
  const [chosen, setChosen] = useState('');
  const day = chosen || today;
  return (
    <Screen title={say('reconciliation.title', { day: times.dayName(day) })}>
      <TextInput
        label={say('reconciliation.day')}
        type="date"
        maw={220}
        max={today}
        value={day}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
      />
      <Suspense key={day} fallback={<Waiting />}>
        <Day day={day} />
      </Suspense>
    </Screen>
  );
};
