import { Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { speakersQuery } from '../../shared/api/queries.ts';
import { useUnitPath } from '../../shared/api/unit-paths.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { LongList } from '../../shared/ui/long-list.tsx';
import { Screen } from '../../shared/ui/screen.tsx';
import { Waiting } from '../../shared/ui/waiting.tsx';
import { useNow } from '../../shared/use-now.ts';
import { SpeakerDay } from './speaker-day.tsx';

/** Each asks for its day, its log and how it is by itself. */
const SPEAKERS_AT_ONCE = 20;

/** Today, speaker by speaker. */
export const TodayScreen = () => {
  const say = useText();
  const times = useLocalTimes();
  const today = times.day(useNow());
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  const pathOf = useUnitPath();
  const enrolled = speakers.filter(({ state }) => state === 'enrolled');
  return (
    <Screen title={say('today.title', { day: times.dayName(today) })}>
      {enrolled.length === 0 && <Text>{say('today.noSpeaker')}</Text>}
      <LongList
        label={say('speakers.list')}
        all={enrolled}
        toText={({ name, unit }) => `${name} ${pathOf(unit)}`}
        drawnAtOnce={SPEAKERS_AT_ONCE}
      >
        {(shown) => (
          <Stack>
            {shown.map((speaker) => (
              <Suspense key={speaker.id} fallback={<Waiting />}>
                <SpeakerDay speaker={speaker} />
              </Suspense>
            ))}
          </Stack>
        )}
      </LongList>
    </Screen>
  );
};
