import type { NotedClipStore } from '#content/noted-clip-store.ts';
import type { CronJob } from './jobs/cron.ts';
import { createOneAtATime } from './jobs/one-at-a-time.ts';
import type { Life } from './life.ts';
import type { ServerPorts } from './ports/server-ports.ts';
import { cleanClips } from './services/check-clips.ts';

/** When hardly anybody works; what is heard before a choice is taken stays for a day at least. */
const NIGHTLY = '20 10 2 * * *';

/** Removes, each night, clips that were heard and not taken, and what else belongs to no bulletin. */
export const composeCleaning = (ports: ServerPorts, noted: NotedClipStore, life: Life): CronJob => {
  const { clock, store, log } = ports;
  const cleaning = createOneAtATime(
    async () => {
      noted.turn();
      const cleaned = await cleanClips({ clock, store, ...noted });
      log.info({ event: 'clipsCleaned', ...cleaned });
    },
    (error) => log.error({ event: 'clipsNotCleaned', error: String(error) }),
  );
  life.onEnd(cleaning.stop);
  return { name: 'cleanClips', times: NIGHTLY, run: cleaning.request };
};
