import { Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { speakersQuery } from '../../shared/api/queries.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { Screen } from '../../shared/ui/screen.tsx';
import { Waiting } from '../../shared/ui/waiting.tsx';
import { useNow } from '../../shared/use-now.ts';
import { SpeakerDay } from './speaker-day.tsx';

/** Today, speaker by speaker. */
export const TodayScreen = () => {
  const say = useText();
  const times = useLocalTimes();
  const today = times.day(useNow());
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  const enrolled = speakers.filter(({ state }) => state === 'enrolled');
  return (
    <Screen title={say('today.title', { day: times.dayName(today) })}>
      {enrolled.length === 0 && <Text>{say('today.noSpeaker')}</Text>}
      <Stack>
        {enrolled.map((speaker) => (
          <Suspense key={speaker.id} fallback={<Waiting />}>
            <SpeakerDay speaker={speaker} />
          </Suspense>
        ))}
      </Stack>
    </Screen>
  );
};
