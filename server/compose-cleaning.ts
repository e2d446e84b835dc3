import type { NotedClipStore } from '#content/noted-clip-store.ts';
import type { Timer } from '#runtime/clock.ts';
import type { CronJob } from './jobs/cron.ts';
import { createOneAtATime } from './jobs/one-at-a-time.ts';
import type { Life } from './life.ts';
import type { ServerPorts } from './ports/server-ports.ts';
import { cleanDaily, isCleaningDue } from './services/clean-daily.ts';

/** When hardly anybody works; what is heard before a choice is taken stays for a day at least. */
const NIGHTLY = '20 10 2 * * *';
/** A server that was off at that hour looks this long after its start, when what comes first is done. */
const FIRST_LOOK_MS = 10 * 60_000;
const LOOK_AGAIN_MS = 3_600_000;

type Ports = Pick<ServerPorts, 'clock' | 'store' | 'log'>;

/**
 * Removes, each night, clips that were heard and not taken, and what else belongs to no bulletin;
 * where the server was off or asleep at night, as soon as it is up again.
 */
export const composeCleaning = (ports: Ports, noted: NotedClipStore, life: Life): CronJob => {
  const { clock, store, log } = ports;
  const failed = (error: unknown) => log.error({ event: 'clipsNotCleaned', error: String(error) });
  const cleaning = createOneAtATime(async () => {
    noted.turn();
    const cleaned = await cleanDaily({ clock, store, ...noted });
    if (cleaned.ok) log.info({ event: 'clipsCleaned', ...cleaned.value });
    else failed(cleaned.problem.code);
  }, failed);
  const looking = createOneAtATime(async () => {
    if (await isCleaningDue(ports)) cleaning.request();
  }, failed);
  let timer: Timer;
  const lookIn = (ms: number): void => {
    timer = clock.at(clock.positionMs() + ms, () => {
      looking.request();
      lookIn(LOOK_AGAIN_MS);
    });
  };
  lookIn(FIRST_LOOK_MS);
  life.onEnd(async () => {
    timer.cancel();
    await looking.stop();
    await cleaning.stop();
  });
  return { name: 'cleanClips', times: NIGHTLY, run: cleaning.request };
};
