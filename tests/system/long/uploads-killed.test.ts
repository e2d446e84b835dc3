import { afterAll, beforeAll, expect, test } from 'vitest';
import { ingestSteps } from '#schemas/entities/upload.ts';
import { type KilledServer, startKilledServer } from '../support/killed-ingest.ts';

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
