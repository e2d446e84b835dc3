import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { Elapsed } from './elapsed.tsx';
import { LevelMeter } from './level-meter.tsx';
import { RecordedSound } from './recorded-sound.tsx';
import type { Recorder, RecordingRefusal } from './recorder.ts';
import { useRecordingText } from './recording-texts.ts';

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

/** Why pressing the button now would be in vain. */
const isHopeless: ReadonlySet<RecordingRefusal | null> = new Set(['insecure', 'waiting']);

/** Meter, time and buttons of a recording, whatever it has come to. */
export const RecorderPanel = ({ recorder }: { readonly recorder: Recorder }) => {
  const say = useRecordingText();
  const state = recorder.state();
  if (state.phase === 'recorded') {
    return <RecordedSound recorder={recorder} recorded={state.recorded} />;
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
        {!isHopeless.has(state.refusal) && <Begin recorder={recorder} isAsking={false} />}
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
