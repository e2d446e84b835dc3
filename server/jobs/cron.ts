import { schedule } from 'node-cron';

/** Work that is done at wall times of a zone; `times` as cron writes them, with seconds first. */
export interface CronJob {
  readonly name: string;
  readonly times: string;
  readonly run: () => void;
}

export interface RunningJobs {
  stop(): Promise<void>;
}

/** Starts the jobs; a job that is due while the process sleeps is not made up for. */
export const startJobs = (zone: string, jobs: readonly CronJob[]): RunningJobs => {
  const tasks = jobs.map(({ name, times, run }) => schedule(times, run, { name, timezone: zone }));
  return {
    stop: async () => {
      for (const task of tasks) await task.destroy();
    },
  };
};
