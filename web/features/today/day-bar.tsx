import { Box, Text } from '@mantine/core';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useNow } from '../../shared/use-now.ts';
import type { DayEntry } from './day-line.ts';
import { colorByState } from './state-colors.ts';

const HOURS = 24;
const MARKS = [0, 4, 8, 12, 16, 20, 24];
const HEIGHT = 28;
const MARKS_HEIGHT = 18;

const percent = (hours: number): string => `${(hours / HOURS) * 100}%`;

/** The day as a line from midnight to midnight; the list below says the same in words. */
export const DayBar = ({ entries }: { readonly entries: readonly DayEntry[] }) => {
  const times = useLocalTimes();
  const nowMs = useNow();
  return (
    <Box aria-hidden>
      <Box pos="relative" h={HEIGHT} bg="gray.1" style={{ borderRadius: 4 }}>
        {entries.map(({ session, startMs, endMs, state }) => (
          <Box
            key={session}
            pos="absolute"
            h={HEIGHT}
            bg={colorByState[state]}
            left={percent(times.hours(startMs))}
            w={percent((endMs - startMs) / 3_600_000)}
            miw={4}
            style={{ borderRadius: 2 }}
          />
        ))}
        <Box
          pos="absolute"
          top={-3}
          h={HEIGHT + 6}
          w={2}
          bg="dark"
          left={percent(times.hours(nowMs))}
        />
      </Box>
      <Box pos="relative" h={MARKS_HEIGHT}>
        {MARKS.map((hour) => (
          <Text
            key={hour}
            size="xs"
            c="gray.7"
            pos="absolute"
            left={percent(hour)}
            style={{ transform: 'translateX(-50%)' }}
          >
            {String(hour).padStart(2, '0')}
          </Text>
        ))}
      </Box>
    </Box>
  );
};
