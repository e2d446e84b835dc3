import type { Replan } from '../ports/replan.ts';
import type { CronJob } from './cron.ts';

/** Right after local midnight the new last day is planned and the day's quiet hours are told. */
const NIGHTLY = '5 0 0 * * *';
/** What expired or came into force meanwhile, and whatever failed before. */
const HOURLY = '30 7 * * * *';

/** A broadcast that frees others is missed within a minute. */
const EVERY_MINUTE = '40 * * * * *';

/** Has plans made anew by the clock; `checkTrust` looks whether a broadcast that frees others failed. */
export const planJobs = (replan: Replan, checkTrust: () => void): readonly CronJob[] => [
  { name: 'planNightly', times: NIGHTLY, run: () => replan.request('nightly') },
  { name: 'planHourly', times: HOURLY, run: () => replan.request('hourly') },
  { name: 'checkTrust', times: EVERY_MINUTE, run: checkTrust },
];
