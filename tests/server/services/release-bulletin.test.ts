import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDiskClipStore } from '#content/disk-clip-store.ts';
import { ok } from '#schemas/result.ts';
import { releaseBulletin } from '#server/services/release-bulletin.ts';
import { openPlannedSite } from '#tests/support/planned-site.ts';
import { mustCommit } from '#tests/support/site-in-store.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

test('what is changed while a slow store is asked for the clip is not undone by the release', async () => {
  const { store, airtime, ports } = await openPlannedSite();
  const waiting = await airtime.addBulletin({ state: 'submitted', releasedMs: null });
  const { id, clip } = waiting;
  const verify = async () => {
    const value = { ...waiting, title: 'Tên khác' };
    await mustCommit(store, [{ do: 'put', what: 'bulletin', value }]);
    return ok(undefined);
  };
  const clips = { ...openDiskClipStore(await temporaryFolder()), verify };
  const done = await releaseBulletin({ ...ports, clips }, 'minh', { id, clip });
  expect(done).toMatchObject({ ok: true });
  expect(await store.bulletinById(id)).toMatchObject({ state: 'released', title: 'Tên khác' });
});

test('what stands in the store in place of the bytes that were submitted is not released, and the approver is told', async () => {
  const { store, airtime, ports } = await openPlannedSite();
  const waiting = await airtime.addBulletin({ state: 'submitted', releasedMs: null });
  const { id, clip } = waiting;
  const root = await temporaryFolder();
  const clips = openDiskClipStore(root);
  const release = () => releaseBulletin({ ...ports, clips }, 'minh', { id, clip });
  expect(await release()).toMatchObject({ problem: { code: 'clipMissing', sha256: clip } });
  await mkdir(join(root, clip.slice(0, 2)), { recursive: true });
  await writeFile(join(root, clip.slice(0, 2), clip), 'other bytes');
  expect(await release()).toMatchObject({ problem: { code: 'clipCorrupt', sha256: clip } });
  expect(await store.bulletinById(id)).toEqual(waiting);
});
