import { expect, test } from 'vitest';
import { usualManner } from '#schemas/speech.ts';
import { readBulletinNumbers } from '#server/services/stale-bulletins.ts';
import { openPlannedSite } from '#tests/support/planned-site.ts';
import { mustCommit, newId } from '#tests/support/site-in-store.ts';

test('a version that was replaced long ago is not spoken anew because the one after it has expired', async () => {
  const { store, airtime, clock, ports } = await openPlannedSite();
  const spoken = { script: 'Xin gọi số {cong-an}.', manner: usualManner } as const;
  const first = await airtime.addBulletin({ ...spoken, state: 'replaced' });
  const expiresMs = clock.wallMs() + 1000;
  const second = await airtime.addBulletin({ ...spoken, first: first.id, version: 2, expiresMs });
  const changedBy = { kind: 'user', id: 'lan' } as const;
  const line = {
    ...({ key: 'cong-an', kind: 'police', name: 'Công an', unit: null } as const),
    number: '114',
  };
  const said = { numbers: { 'cong-an': '113' }, readMs: 0, changedBy: [] };
  await mustCommit(store, [
    { do: 'put', what: 'saidNumbers', value: { bulletin: first.id, ...said } },
    { do: 'put', what: 'saidNumbers', value: { bulletin: second.id, ...said } },
    { do: 'insert', what: 'hotline', value: { ...line, id: newId(), changedBy, changedMs: 0 } },
  ]);
  expect(await readBulletinNumbers(ports)).toMatchObject([
    { bulletin: { id: second.id }, isStale: true },
  ]);
  await clock.advance(2000);
  expect(await readBulletinNumbers(ports)).toEqual([]);
});
