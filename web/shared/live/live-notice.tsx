import { Alert } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useText } from '../texts/texts.ts';
import { eventToKeys } from './event-to-keys.ts';
import { type LiveState, type LiveStream, openLiveStream } from './live-stream.ts';

const EVENTS_PATH = '/api/events';

const idle = { subscribe: () => () => {}, state: (): LiveState => 'opening' };

const useLiveState = (): LiveState => {
  const client = useQueryClient();
  const [stream, setStream] = useState<LiveStream>();
  useEffect(() => {
    const opened = openLiveStream(EVENTS_PATH, {
      onEvent: (event) => {
        for (const queryKey of eventToKeys(event)) void client.invalidateQueries({ queryKey });
      },
      onStanding: () => void client.invalidateQueries(),
    });
    setStream(opened);
    return opened.close;
  }, [client]);
  const { subscribe, state } = stream ?? idle;
  return useSyncExternalStore(subscribe, state);
};

/** Keeps what is shown up to date, and says so when it cannot. */
export const LiveNotice = () => {
  const say = useText();
  const state = useLiveState();
  return (
    <div role="status">
      {state === 'broken' && (
        <Alert color="yellow" variant="light" mb="md" c="dark" data-live="broken">
          {say('live.broken')}
        </Alert>
      )}
    </div>
  );
};
