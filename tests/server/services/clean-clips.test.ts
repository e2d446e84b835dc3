import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createDiskClipStore } from '#content/disk-clip-store.ts';
import { cleanClips } from '#server/services/check-clips.ts';
import { openAiredSite } from '#tests/support/aired-site.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const HOUR_MS = 3_600_000;
const DAYS_2_S = 2 * 86_400;
const STRANGER = 'f'.repeat(64);
const ORIGINAL = 'e'.repeat(64);

test('what a speaker’s log names stays, and the recording that a clip was made of', async () => {
  const { ports, clock, air, send } = await openAiredSite();
  const [aired] = await ports.store.everyClip();
  if (aired === undefined) throw new Error('nothing can be aired');
  await clock.advance(38 * HOUR_MS);
  await send(await air());
  const folder = await temporaryFolder();
  const clips = await createDiskClipStore(folder);
  const oldS = clock.wallMs() / 1000 - DAYS_2_S;
  for (const sha256 of [aired.sha256, ORIGINAL, STRANGER]) {
    const path = join(folder, sha256.slice(0, 2), sha256);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, 'bytes of long ago');
    await utimes(path, oldS, oldS);
  }
  const store = { ...ports.store, everyClip: async () => [], originals: async () => [ORIGINAL] };
  const cleaned = await cleanClips({ ...ports, store, clips });
  expect(cleaned).toMatchObject({ removed: 1, keptRecent: 0, keptForLogs: 1 });
  expect(await clips.has(aired.sha256)).toBe(true);
  expect(await clips.has(ORIGINAL)).toBe(true);
  expect(await clips.has(STRANGER)).toBe(false);
});
