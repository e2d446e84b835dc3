import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type KilledServer, startKilledServer } from '../support/killed-ingest.ts';

const SCENE_TIMEOUT_MS = 900_000;
const TWO_GIGABYTES = 2 * 1024 ** 3;
const PIECE_BYTES = 8 * 1024 * 1024;
/** A server that has read the file through, and nothing of it into memory. */
const MOST_MEMORY_KB = 400_000;

let server: KilledServer;

beforeAll(async () => {
  server = await startKilledServer();
}, SCENE_TIMEOUT_MS);
afterAll(() => server?.close());

const mostMemoryKb = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]);
};

test(
  'two gigabytes are taken in pieces and looked at in bounded memory, and not a byte more',
  async () => {
    const { sender, pid } = server.now();
    expect(await sender.begin(TWO_GIGABYTES + 1)).toMatchObject({ body: { code: 'fileTooLarge' } });
    const path = await sender.begun(TWO_GIGABYTES);
    const piece = new Uint8Array(PIECE_BYTES).fill(7);
    for (let offset = 0; offset < TWO_GIGABYTES; offset += PIECE_BYTES) {
      const { status } = await sender.add(path, offset, piece);
      expect(status).toBe(204);
    }
    expect(await sender.seen(path)).toMatchObject({
      step: 'refused',
      bytes: TWO_GIGABYTES,
      problem: { code: 'audioNotRecognised' },
    });
    expect(await mostMemoryKb(pid)).toBeLessThan(MOST_MEMORY_KB);
  },
  SCENE_TIMEOUT_MS,
);
