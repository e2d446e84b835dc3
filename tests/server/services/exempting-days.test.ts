import { describe, expect, it } from 'vitest';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { type Playlist, playlistSchema } from '#schemas/playlist.ts';
import { planDays } from '#server/services/plan-days.ts';
import { receiveRecords } from '#server/services/receive-records.ts';
import { checkTrustEnd } from '#server/services/trust-end.ts';
import { appendAired } from '#tests/support/aired-log.ts';
import { idleBroker } from '#tests/support/aired-site.ts';
import { NOON_MS, openPlannedSite } from '#tests/support/planned-site.ts';
import { createSignedLog } from '#tests/support/signed-log.ts';
import { mustCommit, newId } from '#tests/support/site-in-store.ts';

const HOUR_MS = 3_600_000;
const TODAY = '2026-03-10';
const TOMORROW = '2026-03-11';

/** A ward that owes one broadcast a day, and a village that owes one when the ward has none. */
const open = async (
  changed: { ward?: Partial<AirtimeRule>; village?: Partial<AirtimeRule> } = {},
) => {
  const site = await openPlannedSite({ scope: 'own', minOccurrences: 1, ...changed.ward });
  const { store, ports, clock } = site;
  const { rule } = site.airtime;
  const dependent: AirtimeRule = {
    ...rule,
    id: newId(),
    unit: site.site.village.id,
    unlessAired: rule.id,
    weekdays: [],
    minMinutes: 5,
    ...changed.village,
  };
  await mustCommit(store, [{ do: 'insert', what: 'rule', value: dependent }]);
  const village = await site.site.enrol();
  const ward = await site.site.enrol();
  const unit = site.site.commune.id;
  await mustCommit(store, [{ do: 'put', what: 'speaker', value: { ...ward.speaker, unit } }]);
  const playlistOf = async (speaker: string, day: string): Promise<Playlist> => {
    const hash = (await store.pointerOf(speaker))?.days[day];
    const stored = await store.playlistBySha256(hash ?? '');
    return playlistSchema.parse(JSON.parse(stored?.text ?? ''));
  };
  const villageSessions = async (day: string): Promise<number> =>
    (await playlistOf(village.speaker.id, day)).sessions.length;
  const plan = async () => {
    const planned = await planDays(ports);
    if (!planned.ok) throw new Error(planned.problem.code);
    return planned.value;
  };
  const log = createSignedLog({ site: 'xa-mau', speaker: ward.speaker.id, signer: ward.signer });
  /** The ward airs its day from its first sign of life until now. */
  const airWard = async (day: string) => {
    const airing = {
      speaker: ward.speaker.id,
      boot: newId(),
      fromMs: NOON_MS,
      toMs: clock.wallMs(),
    };
    const records = appendAired(log, [await playlistOf(ward.speaker.id, day)], airing);
    return receiveRecords({ ...ports, broker: idleBroker }, ward.speaker.id, {
      records: [...records],
    });
  };
  return { ...site, ward, village, playlistOf, villageSessions, plan, airWard };
};

describe('a village that owes only what the ward does not broadcast', () => {
  it('is silent on the days on which the ward is planned, and not on the others', async () => {
    // 2026-03-10 is a Tuesday.
    const { plan, villageSessions } = await open({ ward: { weekdays: [1, 2, 4, 5, 6, 7] } });
    await plan();
    const days = [TODAY, TOMORROW, '2026-03-12'];
    expect(await Promise.all(days.map(villageSessions))).toEqual([0, 1, 0]);
  });

  it('stays silent once the ward has broadcast, also hours later', async () => {
    const { plan, clock, airWard, villageSessions } = await open();
    await plan();
    await clock.advance(6 * HOUR_MS);
    await airWard(TODAY);
    await clock.advance(HOUR_MS / 6);
    await plan();
    expect(await villageSessions(TODAY)).toBe(0);
  });

  it('broadcasts in what is left of the day when the ward was planned and is not heard of', async () => {
    const { plan, clock, villageSessions, store, ports } = await open({
      ward: { dayparts: [{ from: '13:00', to: '14:00' }] },
      village: { dayparts: [{ from: '17:00', to: '18:30' }] },
    });
    await plan();
    const reasons: string[] = [];
    const replan = { request: (reason: string) => void reasons.push(reason) };
    await clock.advance(HOUR_MS);
    await checkTrustEnd({ ...ports, replan });
    expect(reasons).toEqual([]);
    expect(await villageSessions(TODAY)).toBe(0);
    await clock.advance(HOUR_MS);
    await checkTrustEnd({ ...ports, replan });
    expect(reasons).toEqual(['trustEnded']);
    await plan();
    expect(await villageSessions(TODAY)).toBe(1);
    expect(await villageSessions(TOMORROW)).toBe(0);
    await checkTrustEnd({ ...ports, replan });
    expect(reasons).toHaveLength(1);
    expect(await store.note('trustEnds')).not.toBe('null');
  });

  it('is told what could not be had when the ward fails after the last of its own hours', async () => {
    const { plan, clock, village, ports } = await open({
      ward: { dayparts: [{ from: '17:00', to: '18:30' }] },
      village: { dayparts: [{ from: '13:00', to: '14:00' }] },
    });
    await plan();
    await clock.advance(7 * HOUR_MS);
    expect(await plan()).toMatchObject({ short: 1 });
    expect(await ports.store.note(`plan/${village.speaker.id}`)).toContain('"needed":1');
  });
});

describe('a speaker that owes both rules', () => {
  it('broadcasts once a day, and frees itself', async () => {
    const { plan, village, playlistOf } = await open({ ward: { scope: 'subtree' } });
    await plan();
    const { sessions } = await playlistOf(village.speaker.id, TOMORROW);
    expect(sessions).toHaveLength(1);
  });

  it('broadcasts under the second rule where the first cannot be planned', async () => {
    const { plan, village, playlistOf, ward, store } = await open({
      ward: { scope: 'subtree', minMinutes: 90 },
    });
    await mustCommit(store, [
      { do: 'put', what: 'speaker', value: { ...ward.speaker, state: 'removed' } },
    ]);
    await plan();
    const { sessions } = await playlistOf(village.speaker.id, TOMORROW);
    expect(sessions).toHaveLength(1);
  });
});
