import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { lengthOf, useLocalTimes } from '../../../shared/local-time.ts';
import { useText } from '../../../shared/texts/texts.ts';
import type { Recorded } from './kept-pieces.ts';
import type { Recorder } from './recorder.ts';
import { useRecordingText } from './recording-texts.ts';

/** The address of a sound under which this page can play it, for as long as it is shown. */
const useSoundUrl = (sound: Blob): string | undefined => {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(sound);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [sound]);
  return url;
};

interface RecordedSoundProps {
  readonly recorder: Recorder;
  readonly recorded: Recorded;
}

/** Listens to what was recorded; discards it, or begins anew, when asked twice. */
export const RecordedSound = ({ recorder, recorded }: RecordedSoundProps) => {
  const say = useRecordingText();
  const common = useText();
  const times = useLocalTimes();
  const [isAsked, setAsked] = useState(false);
  const url = useSoundUrl(recorded.sound);
  const facts = {
    length: lengthOf(recorded.durationMs),
    when: times.dayAndTime(recorded.startedMs),
  };
  return (
    <Stack gap="xs">
      <Text>{say('recorded', facts)}</Text>
      {/* biome-ignore lint/a11y/useMediaCaption: what was said just now is written nowhere. */}
      <audio controls src={url} aria-label={say('listen')} style={{ width: '100%' }} />
      <Text size="sm">{say(recorder.isKept() ? 'kept' : 'notKept')}</Text>
      {isAsked ? (
        <Group>
          <Text size="sm">{say('discard.ask')}</Text>
          <Button color="red" onClick={() => void recorder.forget()}>
            {say('discard')}
          </Button>
          <Button variant="default" onClick={() => setAsked(false)}>
            {common('cancel')}
          </Button>
        </Group>
      ) : (
        <Group>
          <Button variant="default" onClick={() => setAsked(true)}>
            {say('discard.begin')}
          </Button>
        </Group>
      )}
    </Stack>
  );
};
