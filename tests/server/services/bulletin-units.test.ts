import { describe, expect, it } from 'vitest';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import { readPlannedDays } from '#server/services/plan-note.ts';
import { playNow } from '#server/services/play-now.ts';
import { readSiteTexts } from '#server/services/speaker-scope.ts';
import { tryPlans } from '#server/services/try-plans.ts';
import { mustCommit } from '#tests/support/site-in-store.ts';
import { openTwoVillages, TOMORROW } from './two-villages.ts';

const operator: Actor = { kind: 'user', id: 'lan' };

/** Makes what the site has to play meant for these units only. */
const limitAll = async ({ store }: Awaited<ReturnType<typeof openTwoVillages>>, units: string[]) =>
  mustCommit(
    store,
    (await store.bulletins()).map((value) => ({
      do: 'put',
      what: 'bulletin',
      value: { ...value, units },
    })),
  );

describe('a bulletin for some villages only', () => {
  it('is in no playlist of another village, and in those of its own', async () => {
    const scene = await openTwoVillages();
    const own = await scene.airtime.addBulletin({
      units: [scene.site.village.id],
      priority: 'priority',
    });
    const hotline = await scene.airtime.addBulletin({
      units: [scene.elsewhere.id],
      role: 'hotline',
    });
    await scene.plan();
    const here = await scene.bulletinsOf(scene.here);
    const there = await scene.bulletinsOf(scene.there);
    expect([here.has(own.id), there.has(own.id)]).toEqual([true, false]);
    expect([here.has(hotline.id), there.has(hotline.id)]).toEqual([false, true]);
  });

  it('meant for the commune sounds in every village below it', async () => {
    const scene = await openTwoVillages();
    const units = [scene.site.commune.id];
    const own = await scene.airtime.addBulletin({ units, priority: 'priority' });
    await scene.plan();
    for (const speaker of [scene.here, scene.there]) {
      expect((await scene.bulletinsOf(speaker)).has(own.id)).toBe(true);
    }
  });

  it('leaves the playlists of other villages as soon as it is meant for fewer', async () => {
    const scene = await openTwoVillages();
    const own = await scene.airtime.addBulletin({ priority: 'priority' });
    await scene.plan();
    expect((await scene.bulletinsOf(scene.there)).has(own.id)).toBe(true);
    const value = { ...own, units: [scene.site.village.id] };
    await mustCommit(scene.store, [{ do: 'put', what: 'bulletin', value }]);
    await scene.plan();
    expect((await scene.bulletinsOf(scene.there)).has(own.id)).toBe(false);
    expect((await scene.bulletinsOf(scene.here)).has(own.id)).toBe(true);
  });

  it('does not hide why another village has nothing to play: all that there is is for others', async () => {
    const scene = await openTwoVillages();
    await limitAll(scene, [scene.site.village.id]);
    await scene.plan();
    const problemsOf = async ({ id }: Speaker) =>
      (await readPlannedDays(scene.store, id)).find(({ day }) => day === TOMORROW)?.problems;
    expect(await problemsOf(scene.here)).toEqual([]);
    const campaign = scene.airtime.campaign.id;
    expect(await problemsOf(scene.there)).toEqual([
      { code: 'campaignMeantElsewhere', campaign, count: 6 },
    ]);
    const texts = await readSiteTexts(scene.store);
    const units = [scene.site.village.id, scene.elsewhere.id];
    const stretches = [{ from: TOMORROW, to: TOMORROW }];
    expect(await tryPlans(scene.ports, texts, { units, stretches })).toMatchObject([
      { unit: scene.elsewhere.id, problem: { code: 'campaignMeantElsewhere' } },
    ]);
  });

  it('is not played by hand on a speaker of another village', async () => {
    const scene = await openTwoVillages();
    const own = await scene.airtime.addBulletin({ units: [scene.site.village.id] });
    const play = (speakers: Speaker[]) =>
      playNow(scene.ports, operator, {
        speakers: speakers.map(({ id }) => id),
        bulletins: [own.id],
        drill: false,
      });
    expect(await play([scene.here, scene.there])).toEqual({
      ok: false,
      problem: { code: 'bulletinMeantElsewhere', title: own.title, speaker: scene.there.name },
    });
    expect(await play([scene.here])).toMatchObject({ ok: true });
  });
});
