import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { systemClock, wait } from '#runtime/clock.ts';
import { sha256 } from '#runtime/signing.ts';
import { type Bulletin, bulletinSchema } from '#schemas/entities/bulletin.ts';
import { usualChoices } from '#schemas/making.ts';
import { eventually } from '#tests/support/eventually.ts';
import type { KilledServer } from './killed-ingest.ts';

/** Where a server may be killed while it makes a clip, by the file that it works on then. */
const fileByStep = {
  speaking: /^speech\.wav$/,
  analysing: /^samples$/,
  converting: /^clip\.mp3$/,
  storing: /^[0-9a-f]{64}$/,
} as const;
type FileStep = keyof typeof fileByStep;
/** `asked` is before any work; `done` when it was just told to be done. */
export type MakingStep = FileStep | 'asked' | 'done';

/** What stands of a bulletin after a kill and, where somebody has to, after another try. */
export interface MadeAfterAll {
  readonly states: readonly string[];
  /** Whether each version's clip is what it is released by. */
  readonly whole: readonly boolean[];
  /** What the newest version says that was changed. */
  readonly reason: string | null;
  readonly workLeft: readonly string[];
}

const DEADLINE_MS = 150_000;
const LOOK_MS = 5;

const namesIn = (folder: string): Promise<readonly string[]> =>
  readdir(folder, { recursive: true }).catch(() => []);

/** Resolves when a file of the step stands, or when `isOver`. */
const reached = async (
  { dataFolder }: KilledServer,
  step: FileStep,
  isOver: () => boolean,
): Promise<void> => {
  const folder = join(dataFolder, step === 'storing' ? 'clips/incoming' : 'work');
  const isThere = (name: string) => fileByStep[step].test(name.split('/').at(-1) ?? '');
  while (!isOver() && !(await namesIn(folder)).some(isThere)) {
    await wait(systemClock(), LOOK_MS);
  }
};

const versionsOf = async (server: KilledServer, { first }: Bulletin): Promise<Bulletin[]> =>
  z
    .array(bulletinSchema)
    .parse(await server.now().caller.get('/api/bulletins'))
    .filter((bulletin) => bulletin.first === first)
    .toSorted((a, b) => a.version - b.version);

const isWhole = async (server: KilledServer, { id, clip }: Bulletin): Promise<boolean> => {
  const { url, caller } = server.now();
  const headers = { authorization: `Bearer ${caller.token}` };
  const heard = await fetch(`${url}/api/bulletins/${id}/audio`, { headers });
  return sha256(new Uint8Array(await heard.arrayBuffer())) === clip;
};

const describe = async (server: KilledServer, bulletin: Bulletin): Promise<MadeAfterAll> => {
  const versions = await versionsOf(server, bulletin);
  return {
    states: versions.map(({ state }) => state),
    whole: await Promise.all(versions.map((version) => isWhole(server, version))),
    reason: versions.at(-1)?.versionReason ?? null,
    workLeft: await namesIn(join(server.dataFolder, 'work')),
  };
};

const release = async (server: KilledServer, { id, clip }: Bulletin): Promise<void> => {
  await server.now().caller.post(`/api/bulletins/${id}/release`, { clip });
};

/** Kills at the step; `over` is when the work was done before. */
const killAt = async (
  server: KilledServer,
  step: MakingStep,
  over: Promise<unknown>,
): Promise<void> => {
  let isOver = false;
  const ended = over.finally(() => {
    isOver = true;
  });
  if (step === 'done') await ended;
  else if (step !== 'asked') await reached(server, step, () => isOver);
  // What was under way breaks off with the server: that is the point.
  await Promise.all([server.kill(), ended.catch(() => undefined)]);
};

/** Changes the number that a released text says, and kills the server on the way to its next version. */
export const killWhenRespeaking = async (
  server: KilledServer,
  step: MakingStep,
): Promise<MadeAfterAll> => {
  const { caller } = server.now();
  const key = `so-${step}`;
  const setNumber = (number: string) =>
    caller.call('PUT', '/api/hotlines', {
      json: { key, kind: 'police', name: key, unit: null, number },
    });
  await setNumber('0237 3721 150');
  const json = { title: key, text: `Báo tin ${step}, xin gọi số {${key}}.` };
  const bulletin = bulletinSchema.parse(await caller.post('/api/bulletins/text', json));
  await release(server, bulletin);
  const spoken = server.now().program.next('bulletinRespoken');
  await setNumber('0237 3721 199');
  await killAt(server, step, spoken);
  await eventually(
    () => versionsOf(server, bulletin),
    ({ length }) => length > 1,
    DEADLINE_MS,
  );
  await eventually(
    () => namesIn(join(server.dataFolder, 'work')),
    ({ length }) => length === 0,
    DEADLINE_MS,
  );
  return describe(server, bulletin);
};

/** Wants a released recording made anew, kills the server on the way, and wants it again. */
export const killWhenRemaking = async (
  server: KilledServer,
  step: Exclude<MakingStep, 'speaking'>,
): Promise<MadeAfterAll & { readonly meanwhile: readonly string[] }> => {
  const bulletin = await server.bring(`Làm lại ${step}`);
  await release(server, bulletin);
  const path = `/api/bulletins/${bulletin.id}/making`;
  const whole = { ...usualChoices, softLimit: true };
  await killAt(server, step, server.now().caller.post(path, whole));
  const meanwhile = (await versionsOf(server, bulletin)).map(({ state }) => state);
  if (meanwhile.length === 1) await server.now().caller.post(path, whole);
  return { ...(await describe(server, bulletin)), meanwhile };
};
