import { expect, it } from 'vitest';
import { startJobs } from '#server/jobs/cron.ts';
import { planJobs } from '#server/jobs/plan-jobs.ts';

it('a job is done at its times, and not after its stop', async () => {
  let runs = 0;
  const ran = Promise.withResolvers<void>();
  const run = () => {
    runs += 1;
    ran.resolve();
  };
  const jobs = startJobs('Asia/Ho_Chi_Minh', [{ name: 'everySecond', times: '* * * * * *', run }]);
  await ran.promise;
  await jobs.stop();
  const before = runs;
  const others = Promise.withResolvers<void>();
  const other = { name: 'other', times: '* * * * * *', run: others.resolve };
  const later = startJobs('Asia/Ho_Chi_Minh', [other]);
  await others.promise;
  await later.stop();
  expect(runs).toBe(before);
});

it('plans are asked for after midnight and every hour, and broadcasts looked for that free others', () => {
  const reasons: string[] = [];
  const replan = { request: (reason: string) => void reasons.push(reason) };
  const jobs = planJobs(replan, () => void reasons.push('checked'));
  for (const { run } of jobs) run();
  expect(reasons).toEqual(['nightly', 'hourly', 'checked']);
});
