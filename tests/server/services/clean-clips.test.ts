import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createDiskClipStore } from '#content/disk-clip-store.ts';
import { createNotedClipStore } from '#content/noted-clip-store.ts';
import { sha256 } from '#runtime/signing.ts';
import { composeCleaning } from '#server/compose-cleaning.ts';
import { createLife } from '#server/life.ts';
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

test('a clip of long ago that is put again while the server cleans stays', async () => {
  const { ports, clock } = await openAiredSite();
  const folder = await temporaryFolder();
  const noted = createNotedClipStore(await createDiskClipStore(folder));
  const again = join(folder, 'heard-again');
  await writeFile(again, 'heard again');
  const [known, forgotten] = [sha256(await readFile(again)), STRANGER];
  const oldS = clock.wallMs() / 1000 - DAYS_2_S;
  for (const name of [known, forgotten]) {
    const path = join(folder, name.slice(0, 2), name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, 'heard again');
    await utimes(path, oldS, oldS);
  }
  noted.turn();
  const originals = async () => {
    await noted.clips.put(known, again);
    const path = join(folder, known.slice(0, 2), known);
    await utimes(path, oldS, oldS);
    return [];
  };
  const store = { ...ports.store, originals };
  const cleaned = await cleanClips({ ...ports, ...noted, store });
  expect(cleaned).toMatchObject({ removed: 1, keptRecent: 1 });
  expect(await noted.clips.has(known)).toBe(true);
  expect(await noted.clips.has(forgotten)).toBe(false);
});

test('a server that is off at night cleans after its start, and not again the same day', async () => {
  const { ports, clock } = await openAiredSite();
  const folder = await temporaryFolder();
  const disk = await createDiskClipStore(folder);
  let cleanings = 0;
  const list = () => {
    cleanings += 1;
    return disk.list();
  };
  const noted = createNotedClipStore({ ...disk, list });
  const start = () => {
    const life = createLife();
    composeCleaning(ports, noted, life);
    return life;
  };
  const path = join(folder, STRANGER.slice(0, 2), STRANGER);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, 'bytes of long ago');
  await utimes(path, 1, 1);
  const first = start();
  await clock.advance(HOUR_MS);
  await first.end();
  expect([cleanings, await disk.has(STRANGER)]).toEqual([1, false]);
  const second = start();
  await clock.advance(5 * HOUR_MS);
  await second.end();
  expect(cleanings).toBe(1);
  await clock.advance(20 * HOUR_MS);
  const third = start();
  await clock.advance(HOUR_MS);
  await third.end();
  expect(cleanings).toBe(2);
});

test('a clip that is put while its removal is still on its way stays', async () => {
  const folder = await temporaryFolder();
  const disk = await createDiskClipStore(folder);
  const slow = Promise.withResolvers<void>();
  const remove = async (hash: string) => {
    await slow.promise;
    await disk.remove(hash);
  };
  const { clips } = createNotedClipStore({ ...disk, remove });
  const path = join(folder, 'heard-again');
  await writeFile(path, 'heard again');
  const hash = sha256(await readFile(path));
  await clips.put(hash, path);
  const removed = clips.remove(hash);
  const put = clips.put(hash, path);
  slow.resolve();
  await Promise.all([removed, put]);
  expect(await clips.has(hash)).toBe(true);
});

test('who gives a clip up takes it from nobody who has put the same bytes meanwhile', async () => {
  const folder = await temporaryFolder();
  const { clips } = createNotedClipStore(await createDiskClipStore(folder));
  const path = join(folder, 'brought-twice');
  await writeFile(path, 'brought twice');
  const hash = sha256(await readFile(path));
  await clips.put(hash, path);
  await Promise.all([
    clips.put(hash, path),
    clips.put(hash, `${path}-lost`).catch(() => undefined),
  ]);
  await clips.remove(hash);
  expect(await clips.has(hash)).toBe(true);
  await clips.remove(hash);
  expect(await clips.has(hash)).toBe(false);
});
