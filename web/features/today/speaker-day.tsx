import { Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { Speaker } from '#schemas/entities/site.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useHasRole } from '../../shared/me.tsx';
import { useText } from '../../shared/texts/texts.ts';
import { DayBar } from './day-bar.tsx';
import { DayList } from './day-list.tsx';
import { PlayNow } from './play-now.tsx';
import { StopPlaying } from './stop-playing.tsx';
import { useSpeakerDay } from './use-day-line.ts';

/** Today of one speaker: line, list, and what can be done by hand. */
export const SpeakerDay = ({ speaker }: { readonly speaker: Speaker }) => {
  const say = useText();
  const times = useLocalTimes();
  const operates = useHasRole('operator');
  const { isOnline, isSilent, waitingUntilMs, entries } = useSpeakerDay(speaker.id);
  return (
    <Card component="section" withBorder aria-label={speaker.name}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Group gap="xs">
            <Title order={2} size="h4">
              {speaker.name}
            </Title>
            <Badge color={isOnline ? 'village' : 'red.8'} data-online={isOnline}>
              {say(isOnline ? 'speaker.online' : 'speaker.offline')}
            </Badge>
            {isSilent && <Badge color="red.8">{say('speaker.silent')}</Badge>}
          </Group>
          {operates && (
            <Group gap="xs">
              <PlayNow speaker={speaker} />
              <StopPlaying speaker={speaker} />
            </Group>
          )}
        </Group>
        {waitingUntilMs !== null && (
          <Text size="sm">{say('today.waits', { time: times.time(waitingUntilMs) })}</Text>
        )}
        <DayBar entries={entries} />
        <DayList speaker={speaker} entries={entries} />
      </Stack>
    </Card>
  );
};
