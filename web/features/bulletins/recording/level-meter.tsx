import { Progress, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { DARK_ORANGE } from '../../../shared/ui/colors.ts';
import { createLevelJudge, FLOOR_DBFS, type Level } from './level.ts';
import { listenToLevel } from './listen-to-level.ts';
import { useRecordingText } from './recording-texts.ts';

const colorByLevel: Readonly<Record<Level, string>> = {
  tooQuiet: 'gray.6',
  good: 'green.8',
  tooLoud: DARK_ORANGE,
};

/** How loud the microphone hears just now, as a bar and in a word that changes seldom. */
export const LevelMeter = ({ stream }: { readonly stream: MediaStream }) => {
  const say = useRecordingText();
  const [rmsDbfs, setRmsDbfs] = useState(FLOOR_DBFS);
  const [level, setLevel] = useState<Level | null>(null);
  useEffect(() => {
    const judge = createLevelJudge();
    return listenToLevel(stream, (reading) => {
      setRmsDbfs(reading.rmsDbfs);
      setLevel(judge(reading));
    });
  }, [stream]);
  return (
    <div>
      <div aria-hidden>
        <Progress
          size="xl"
          transitionDuration={100}
          value={100 * (1 - rmsDbfs / FLOOR_DBFS)}
          color={level === null ? 'gray.6' : colorByLevel[level]}
        />
      </div>
      <Text size="sm" role="status" data-level={level}>
        {say(level === null ? 'level.waiting' : `level.${level}`)}
      </Text>
    </div>
  );
};
