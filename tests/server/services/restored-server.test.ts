import { expect, it } from 'vitest';
import { judgeRevision } from '#core/playback/accept-revision.ts';
import type { Id } from '#schemas/primitives.ts';
import { planDays } from '#server/services/plan-days.ts';
import { publishLimits, readLimits } from '#server/services/publish-limits.ts';
import { openPlannedSite } from '#tests/support/planned-site.ts';
import { mustCommit } from '#tests/support/site-in-store.ts';

const DAY_MS = 86_400_000;

const open = async () => {
  const site = await openPlannedSite();
  const { speaker } = await site.site.enrol();
  const { id } = speaker;
  const said = async () => {
    const [pointer, limits] = [await site.store.pointerOf(id), await site.store.limitsOf(id)];
    if (pointer === undefined || limits === undefined) throw new Error('nothing was said');
    return { pointer, limits };
  };
  const setVolume = (volume: number) =>
    mustCommit(site.store, [{ do: 'put', what: 'speaker', value: { ...speaker, volume } }]);
  const sayAll = async () => {
    await planDays(site.ports);
    await publishLimits(site.ports);
  };
  return { ...site, id, said, setVolume, sayAll };
};

const taken = (id: Id, next: number, held: number) => {
  const who = { site: 'xa-mau', speaker: id };
  return judgeRevision({ ...who, revision: next }, who, { revision: held, isSameBytes: false });
};

it('what a server says after it was restored from an older backup is taken by its speakers', async () => {
  const { store, clock, id, said, setVolume, sayAll } = await open();
  await sayAll();
  const backup = await said();
  for (const volume of [10, 20, 30, 40, 50]) {
    await clock.advance(DAY_MS / 10);
    await setVolume(volume);
    await sayAll();
  }
  await clock.advance(DAY_MS * 1.5);
  await sayAll();
  const held = await said();

  await mustCommit(store, [
    { do: 'put', what: 'pointer', value: backup.pointer },
    { do: 'put', what: 'limits', value: backup.limits },
  ]);
  await clock.advance(60_000);
  await setVolume(60);
  await sayAll();
  const restored = await said();
  expect(taken(id, restored.pointer.revision, held.pointer.revision)).toBe('accept');
  expect(taken(id, restored.limits.revision, held.limits.revision)).toBe('accept');
  expect(readLimits(restored.limits).volume).toBe(60);
});
