import { afterAll, beforeAll, expect, test } from 'vitest';
import { ingestSteps } from '#schemas/entities/upload.ts';
import { type KilledServer, startKilledServer } from '../support/killed-ingest.ts';
import { killWhenRemaking, killWhenRespeaking } from '../support/killed-making.ts';

const SCENE_TIMEOUT_MS = 180_000;
let server: KilledServer;

beforeAll(async () => {
  server = await startKilledServer();
}, SCENE_TIMEOUT_MS);
afterAll(() => server?.close());

test.each(['receiving', ...ingestSteps, 'bulletin'] as const)(
  'a server that is killed when a file is %s makes one whole bulletin of it after all',
  async (step) => {
    const { bulletins, filesLeft } = await server.killAt(step);
    expect(bulletins).toEqual([{ whole: true }]);
    expect(filesLeft).toEqual([]);
  },
  SCENE_TIMEOUT_MS,
);

test.each(['asked', 'speaking', 'analysing', 'converting', 'storing', 'done'] as const)(
  'a server that is killed when it speaks a changed number anew, %s, goes on, and what is on the air stays there until somebody has listened',
  async (step) => {
    const made = await killWhenRespeaking(server, step);
    expect(made).toMatchObject({ states: ['released', 'submitted'], whole: [true, true] });
    expect(made.reason).toContain('0237 3721 150 → 0237 3721 199');
    expect(made.workLeft).toEqual([]);
  },
  SCENE_TIMEOUT_MS,
);

test.each(['asked', 'analysing', 'converting', 'storing', 'done'] as const)(
  'a server that is killed when it makes a recording anew, %s, has the version of before or a whole new one that waits',
  async (step) => {
    const { meanwhile, ...made } = await killWhenRemaking(server, step);
    expect([['released'], ['released', 'submitted']]).toContainEqual(meanwhile);
    expect(made).toMatchObject({ states: ['released', 'submitted'], whole: [true, true] });
    expect(made.workLeft).toEqual([]);
  },
  SCENE_TIMEOUT_MS,
);
