import { expect, test } from 'vitest';
import { openDiskClipStore } from '#content/disk-clip-store.ts';
import { usualManner } from '#schemas/speech.ts';
import { releaseBulletin } from '#server/services/release-bulletin.ts';
import { setHotline } from '#server/services/set-hotline.ts';
import { openPlannedSite } from '#tests/support/planned-site.ts';
import { mustCommit, newId } from '#tests/support/site-in-store.ts';
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

test('of two people who changed two numbers of one text at once, neither can release it', async () => {
  const { store, airtime, ports } = await openPlannedSite();
  const site = await store.site();
  if (site === undefined) throw new Error('no site');
  const script = 'Gọi {so-mot}, {so-hai}, {so-cu}.';
  const made = { manner: usualManner, script, createdBy: { kind: 'user', id: 'lan' } } as const;
  const before = await airtime.addBulletin(made);
  const waiting = await airtime.addBulletin({
    ...{ ...made, state: 'submitted', releasedMs: null, first: before.id, version: 2 },
    createdBy: { kind: 'user', id: 'minh' },
  });
  const line = (key: string, number: string, by: string) => ({
    ...{ id: newId(), key, kind: 'police' as const, name: key, unit: null, number, changedMs: 0 },
    changedBy: { kind: 'user' as const, id: by },
  });
  const said = { 'so-mot': '113', 'so-hai': '113', 'so-cu': '114' };
  await mustCommit(store, [
    { do: 'put', what: 'site', value: { ...site, fourEyes: true } },
    { do: 'put', what: 'saidNumbers', value: { clip: before.clip, numbers: said } },
    {
      ...({ do: 'put', what: 'saidNumbers' } as const),
      value: { clip: waiting.clip, numbers: { ...said, 'so-mot': '601', 'so-hai': '602' } },
    },
    { do: 'insert', what: 'hotline', value: line('so-mot', '601', 'tam') },
    { do: 'insert', what: 'hotline', value: line('so-hai', '602', 'minh') },
    { do: 'insert', what: 'hotline', value: line('so-cu', '114', 'hoa') },
  ]);
  const clips = { ...openDiskClipStore(await temporaryFolder()), has: async () => true };
  const releasedBy = (who: string) => releaseBulletin({ ...ports, clips }, who, waiting);
  const { id: _id, changedBy: _by, changedMs: _ms, ...same } = line('so-mot', '601', 'tam');
  const renamed = { ...same, name: 'Tên khác', holdBack: false };
  await setHotline(ports, { kind: 'user', id: 'hoa' }, renamed);
  for (const maker of ['minh', 'tam']) {
    expect(await releasedBy(maker)).toMatchObject({ problem: { code: 'fourEyes' } });
  }
  expect(await releasedBy('hoa'), 'whose number did not change').toMatchObject({ ok: true });
});
