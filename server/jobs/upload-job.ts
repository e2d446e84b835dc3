import type { CronJob } from './cron.ts';

const HOURLY = '50 23 * * * *';

/** Gives up, by the clock, uploads that nobody goes on with. */
export const uploadJob = (sweep: () => void): CronJob => ({
  name: 'sweepUploads',
  times: HOURLY,
  run: sweep,
});
