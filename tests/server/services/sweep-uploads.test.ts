import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLogger } from '#runtime/logger.ts';
import type { UploadStep } from '#schemas/entities/upload.ts';
import { MAX_LIST } from '#server/ports/store.ts';
import { sweepUploads } from '#server/services/sweep-uploads.ts';
import { upload } from '#tests/server/db/content-entities.ts';
import { openTestStore } from '#tests/server/db/open-test-store.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';
import { mustCommit, newId } from '#tests/support/site-in-store.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const NOW_MS = Date.UTC(2026, 2, 10, 5);

const openUploads = async () => {
  const { store } = await openTestStore();
  const uploadFolder = await temporaryFolder();
  const clock = createFakeClock(NOW_MS);
  const log = createLogger('test', 'silent');
  let woken = 0;
  const wake = () => {
    woken += 1;
  };
  const put = (steps: readonly UploadStep[]) => {
    const values = steps.map((step) => ({ ...upload, id: newId(), step, changedMs: NOW_MS }));
    const changes = values.map((value) => ({ do: 'insert', what: 'upload', value }) as const);
    return mustCommit(store, changes).then(() => values.map(({ id }) => id));
  };
  const ports = { store, uploadFolder, clock, log, uploads: { wake } };
  return { ports, put, woken: () => woken };
};

test('however many were refused, the bytes of the one that is on its way stay', async () => {
  const { ports, put } = await openUploads();
  await put(Array.from({ length: MAX_LIST }, () => 'refused'));
  const [id = ''] = await put(['receiving']);
  await writeFile(join(ports.uploadFolder, id), 'half of it');
  await writeFile(join(ports.uploadFolder, newId()), 'of nobody');
  await sweepUploads(ports);
  expect(await readdir(ports.uploadFolder)).toEqual([id]);
});

test('an upload whose making broke off is taken up again', async () => {
  const { ports, put, woken } = await openUploads();
  await sweepUploads(ports);
  expect(woken()).toBe(0);
  await put(['airable']);
  await sweepUploads(ports);
  expect(woken()).toBe(1);
});
