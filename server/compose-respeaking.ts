import { createOneAtATime } from './jobs/one-at-a-time.ts';
import type { Life } from './life.ts';
import type { ServerPorts } from './ports/server-ports.ts';
import type { Change } from './ports/store.ts';
import { respeakBulletins } from './services/respeak-bulletins.ts';

const read = new Set<Change['what']>(['hotline', 'bulletin', 'unit']);

/** Whether scripts may have to be read out with other telephone numbers. */
export const mayChangeNumbers = (changes: readonly Change[]): boolean =>
  changes.some(({ what }) => read.has(what));

/**
 * Keeps what is read out in step with the telephone numbers in force, in the background. Gives back
 * how to have it look.
 */
export const composeRespeaking = (ports: ServerPorts, life: Life): (() => void) => {
  let isStopping = false;
  const speaking = createOneAtATime(
    async () => void (await respeakBulletins(ports, () => isStopping)),
    (error) => ports.log.error({ event: 'bulletinNotRespoken', error: String(error) }),
  );
  life.onEnd(() => {
    isStopping = true;
    return speaking.stop();
  });
  return speaking.request;
};
