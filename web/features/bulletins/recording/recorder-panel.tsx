import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { Elapsed } from './elapsed.tsx';
import { LevelMeter } from './level-meter.tsx';
import { RecordedSound } from './recorded-sound.tsx';
import type { Recorder } from './recorder.ts';
import { useRecordingText } from './recording-texts.ts';

interface PanelProps {
  readonly recorder: Recorder;
  /** The recording is on its way; it is not to be touched. */
  readonly isSending: boolean;
}

const Begin = ({ recorder, isAsking }: { recorder: Recorder; isAsking: boolean }) => {
  const say = useRecordingText();
  return (
    <Stack gap="xs">
      <Text size="sm">{say('before')}</Text>
      <Button variant="default" loading={isAsking} onClick={() => void recorder.begin()}>
        {say('begin')}
      </Button>
    </Stack>
  );
};

/** Meter, time and buttons of a recording, whatever it has come to. */
export const RecorderPanel = ({ recorder, isSending }: PanelProps) => {
  const say = useRecordingText();
  const state = recorder.state();
  if (state.phase === 'recorded') {
    return <RecordedSound recorder={recorder} recorded={state.recorded} isSending={isSending} />;
  }
  if (state.phase === 'asking') return <Begin recorder={recorder} isAsking />;
  if (state.phase === 'empty') {
    return (
      <>
        {state.refusal !== null && (
          <Alert color="orange" variant="light" role="alert" c="dark.9">
            {say(`refusal.${state.refusal}`)}
          </Alert>
        )}
        {state.refusal !== 'insecure' && <Begin recorder={recorder} isAsking={false} />}
      </>
    );
  }
  const isRunning = state.phase === 'running';
  return (
    <Stack gap="xs">
      {isRunning ? (
        <LevelMeter stream={state.stream} />
      ) : (
        <Text role="status">{say('paused')}</Text>
      )}
      <Elapsed take={state.take} />
      <Group>
        <Button variant="default" onClick={isRunning ? recorder.pause : recorder.resume}>
          {say(isRunning ? 'pause' : 'resume')}
        </Button>
        <Button onClick={recorder.stop}>{say('stop')}</Button>
      </Group>
    </Stack>
  );
};
