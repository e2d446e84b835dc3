import { afterAll, beforeAll, expect, test } from 'vitest';
import { type KilledServer, startKilledServer } from './support/killed-ingest.ts';
import { killWhenRemaking, killWhenRespeaking } from './support/killed-making.ts';

const SCENE_TIMEOUT_MS = 180_000;
let server: KilledServer;

beforeAll(async () => {
  server = await startKilledServer();
}, SCENE_TIMEOUT_MS);
afterAll(() => server?.close());

test.each(['receiving', 'hashed', 'stored'] as const)(
  'a server that is killed when a file is %s makes one whole bulletin of it after all',
  async (step) => {
    const { keptBytes, bytes, bulletins, filesLeft } = await server.killAt(step);
    expect(keptBytes).toBe(step === 'receiving' ? Math.floor(bytes / 2) : bytes);
    expect(bulletins).toEqual([{ whole: true }]);
    expect(filesLeft).toEqual([]);
  },
  SCENE_TIMEOUT_MS,
);

test(
  'a server that is killed when it speaks a changed number anew goes on, and what is on the air stays there until somebody has listened',
  async () => {
    const made = await killWhenRespeaking(server, 'converting');
    expect(made).toMatchObject({ states: ['released', 'submitted'], whole: [true, true] });
    expect(made.workLeft).toEqual([]);
  },
  SCENE_TIMEOUT_MS,
);

test(
  'a server that is killed when it makes a recording anew has the version of before or a whole new one that waits',
  async () => {
    const { meanwhile, ...made } = await killWhenRemaking(server, 'converting');
    expect([['released'], ['released', 'submitted']]).toContainEqual(meanwhile);
    expect(made).toMatchObject({ states: ['released', 'submitted'], whole: [true, true] });
    expect(made.workLeft).toEqual([]);
  },
  SCENE_TIMEOUT_MS,
);
