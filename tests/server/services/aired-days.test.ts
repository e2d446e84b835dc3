import { describe, expect, it } from 'vitest';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { type Playlist, playlistSchema } from '#schemas/playlist.ts';
import { makeGoodSessionId } from '#schemas/session.ts';
import { planDays } from '#server/services/plan-days.ts';
import { openAiredSite } from '#tests/support/aired-site.ts';

const HOUR_MS = 3_600_000;
const WEDNESDAY = '2026-03-11';
const THURSDAY = '2026-03-12';

/** Three occurrences a week, planned on Wednesday, Friday and Sunday, or what is told. */
const open = async (rule: Partial<AirtimeRule> = { per: 'week', minOccurrences: 3 }) => {
  const site = await openAiredSite(rule);
  const sessionsOn = async (day: string): Promise<number> => {
    const hash = (await site.store.pointerOf(site.speaker.id))?.days[day];
    const stored = await site.store.playlistBySha256(hash ?? '');
    return playlistSchema.parse(JSON.parse(stored?.text ?? '')).sessions.length;
  };
  const planOnThursday = async () => {
    await site.clock.advance(38 * HOUR_MS);
    const planned = await planDays(site.ports);
    if (!planned.ok) throw new Error(planned.problem.code);
    return planned.value;
  };
  return { ...site, sessionsOn, planOnThursday };
};

/** The day, its sessions repaid half an hour later. */
const repaid = (playlist: Playlist): Playlist => ({
  ...playlist,
  sessions: playlist.sessions.map((session) => {
    const startMs = (session.startMs ?? 0) + HOUR_MS / 2;
    return { ...session, startMs, id: makeGoodSessionId(startMs) };
  }),
});

describe('a rule by the week', () => {
  it('is planned on as many days as it owes', async () => {
    const { sessionsOn } = await open();
    const days = ['2026-03-10', WEDNESDAY, THURSDAY, '2026-03-13', '2026-03-14', '2026-03-15'];
    expect(await Promise.all(days.map(sessionsOn))).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it('catches up what a past day left out, once its log says so', async () => {
    const { air, send, planOnThursday, sessionsOn } = await open();
    await send(await air(({ kind }) => kind !== 'ended'));
    await planOnThursday();
    expect(await sessionsOn(THURSDAY)).toBe(1);
    expect(await sessionsOn('2026-03-13')).toBe(1);
  });

  it('counts a past day as planned as long as its log is missing', async () => {
    const { planOnThursday, sessionsOn } = await open();
    await planOnThursday();
    expect(await sessionsOn(THURSDAY)).toBe(0);
  });

  it('changes no plan when the day was aired as planned', async () => {
    const { air, send, planOnThursday, store, speaker } = await open();
    const before = (await store.pointerOf(speaker.id))?.days ?? {};
    await send(await air());
    await planOnThursday();
    const after = (await store.pointerOf(speaker.id))?.days ?? {};
    for (const [day, hash] of Object.entries(before)) {
      if (day >= WEDNESDAY) expect([day, after[day]]).toEqual([day, hash]);
    }
  });

  it('counts what the speaker repaid by itself', async () => {
    const { air, send, playlist, planOnThursday, sessionsOn } = await open();
    await send(await air(undefined, repaid(await playlist())));
    await planOnThursday();
    expect(await sessionsOn(THURSDAY)).toBe(0);
  });
});

describe('a rule by blocks of days', () => {
  const FRIDAY = '2026-03-13';
  const blocks: Partial<AirtimeRule> = {
    per: 'everyDays',
    everyDays: 4,
    from: '2026-03-10',
    minOccurrences: 2,
  };

  it('is planned in each block as often as it owes', async () => {
    const { sessionsOn } = await open(blocks);
    const days = [WEDNESDAY, THURSDAY, FRIDAY, '2026-03-14', '2026-03-15', '2026-03-16'];
    const planned = await Promise.all(days.map(sessionsOn));
    expect(planned.slice(0, 3).reduce((sum, count) => sum + count)).toBe(2);
    expect(planned.slice(0, 3)).toEqual([1, 0, 1]);
  });

  it('catches up within the block what a past day left out', async () => {
    const { air, send, planOnThursday, sessionsOn } = await open(blocks);
    await send(await air(({ kind }) => kind !== 'ended'));
    await planOnThursday();
    expect([await sessionsOn(THURSDAY), await sessionsOn(FRIDAY)]).toEqual([1, 1]);
  });

  it('owes the next block nothing of it', async () => {
    const { air, send, planOnThursday, sessionsOn } = await open({ ...blocks, everyDays: 2 });
    const before = await Promise.all([THURSDAY, FRIDAY].map(sessionsOn));
    await send(await air(({ kind }) => kind !== 'ended'));
    await planOnThursday();
    expect(await Promise.all([THURSDAY, FRIDAY].map(sessionsOn))).toEqual(before);
  });

  it('counts a past day as planned as long as its log is missing', async () => {
    const { planOnThursday, sessionsOn } = await open(blocks);
    await planOnThursday();
    expect([await sessionsOn(THURSDAY), await sessionsOn(FRIDAY)]).toEqual([0, 1]);
  });
});

describe('a rule by the day', () => {
  it('owes no later day what a past one left out', async () => {
    const { air, send, planOnThursday, sessionsOn } = await open({ per: 'day', minOccurrences: 1 });
    await send(await air(({ kind }) => kind !== 'ended'));
    await planOnThursday();
    expect([await sessionsOn(THURSDAY), await sessionsOn('2026-03-13')]).toEqual([1, 1]);
  });
});
