import type { Command } from 'commander';
import type { Problem } from '#schemas/problem.ts';
import type { Result } from '#schemas/result.ts';
import { printJson, reportProblem } from '../outcome.ts';
import { text } from '../text.ts';

const FOUND_STATUS = 1;

const openDesk = async () => {
  const { configureServer, openClipsOf } = await import('#server/main.ts');
  const config = await configureServer(process.env, process.cwd());
  return config.ok ? { ok: true as const, value: openClipsOf(config.value) } : config;
};
type Desk = Extract<Awaited<ReturnType<typeof openDesk>>, { ok: true }>['value'];

/** Does the work and prints what came of it; the value, or undefined when it was refused. */
const print = async <T>(
  work: (desk: Desk) => Promise<Result<T, Problem>>,
): Promise<T | undefined> => {
  const desk = await openDesk();
  const done = desk.ok ? await work(desk.value) : desk;
  if (done.ok) {
    printJson(done.value);
    return done.value;
  }
  reportProblem(done.problem);
  return undefined;
};

const check = async (): Promise<void> => {
  const found = await print((desk) => desk.check());
  if (found !== undefined && found.bad.length > 0) process.exitCode = FOUND_STATUS;
};

const copy = async (): Promise<void> => {
  const copied = await print((desk) => desk.copy());
  if (copied !== undefined && copied.corrupt.length > 0) process.exitCode = FOUND_STATUS;
};

const clean = async (): Promise<void> => {
  await print((desk) => desk.clean());
};

/** `store check`, `store copy` and `store clean`: the clips of this machine's server. */
export const addStoreCommands = (program: Command): void => {
  const store = program.command('store').description(text('store'));
  store.command('check').description(text('storeCheck')).action(check);
  store.command('copy').description(text('storeCopy')).action(copy);
  store.command('clean').description(text('storeClean')).action(clean);
};
