import { expect, test } from 'vitest';
import { openDiskClipStore } from '#content/disk-clip-store.ts';
import { releaseBulletin } from '#server/services/release-bulletin.ts';
import { openPlannedSite } from '#tests/support/planned-site.ts';
import { mustCommit } from '#tests/support/site-in-store.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

test('what is changed while a slow store is asked for the clip is not undone by the release', async () => {
  const { store, airtime, ports } = await openPlannedSite();
  const waiting = await airtime.addBulletin({ state: 'submitted', releasedMs: null });
  const { id, clip } = waiting;
  const has = async () => {
    const value = { ...waiting, title: 'Tên khác' };
    await mustCommit(store, [{ do: 'put', what: 'bulletin', value }]);
    return true;
  };
  const clips = { ...openDiskClipStore(await temporaryFolder()), has };
  const done = await releaseBulletin({ ...ports, clips }, 'minh', { id, clip });
  expect(done).toMatchObject({ ok: true });
  expect(await store.bulletinById(id)).toMatchObject({ state: 'released', title: 'Tên khác' });
});
