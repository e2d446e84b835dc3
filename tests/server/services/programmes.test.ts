import { describe, expect, it } from 'vitest';
import { wallMinutesAt } from '#core/local-time.ts';
import { createDayTable } from '#runtime/day-table.ts';
import { playlistSchema } from '#schemas/playlist.ts';
import { setProgrammeRequestSchema } from '#schemas/requests/airtime.ts';
import { draftProgramme } from '#server/services/draft-programme.ts';
import { planDays } from '#server/services/plan-days.ts';
import { publishLimits, readLimits } from '#server/services/publish-limits.ts';
import { setProgramme } from '#server/services/set-programme.ts';
import { openPlannedSite } from '#tests/support/planned-site.ts';
import { newId } from '#tests/support/site-in-store.ts';

const actor = { kind: 'user', id: 'hoa' } as const;
/** Wednesday and Thursday. */
const TOMORROW = '2026-03-11';
const DAY_AFTER = '2026-03-12';
const ZONE = 'Asia/Ho_Chi_Minh';

/** A commune whose rule wants one occurrence of five minutes between 05:30 and 06:30. */
const open = async () => {
  const site = await openPlannedSite({
    minOccurrences: 1,
    dayparts: [{ from: '05:30', to: '06:30' }],
  });
  const { speaker } = await site.site.enrol();
  const { ports, store } = site;
  const requestOf = (changed: object = {}) =>
    setProgrammeRequestSchema.parse({
      unit: site.site.commune.id,
      name: 'Tiếp âm đài tỉnh',
      from: '2026-03-01',
      startsAt: '05:30',
      endsAt: '06:00',
      ...changed,
    });
  const set = async (changed?: object) => {
    const done = await setProgramme(ports, actor, requestOf(changed));
    if (!done.ok) throw new Error(done.problem.code);
    return done.value;
  };
  /** The wall times at which sessions of the day start, in minutes since midnight. */
  const startsOn = async (day: string): Promise<readonly number[]> => {
    await planDays(ports);
    const hash = (await store.pointerOf(speaker.id))?.days[day];
    const stored = await store.playlistBySha256(hash ?? '');
    const [row] = createDayTable(ZONE, day, 1);
    const { sessions } = playlistSchema.parse(JSON.parse(stored?.text ?? ''));
    return row === undefined ? [] : sessions.map(({ startMs }) => wallMinutesAt(row, startMs ?? 0));
  };
  const programmesTold = async () => {
    await publishLimits(ports);
    const stored = await store.limitsOf(speaker.id);
    return stored === undefined ? [] : readLimits(stored).makeGood?.programmes;
  };
  return { ...site, requestOf, set, startsOn, programmesTold };
};

describe('a fixed programme of another source', () => {
  it('is not changed by who has not seen what somebody else made of it meanwhile', async () => {
    const { ports, store, requestOf, set } = await open();
    const seen = await set();
    const { id } = seen;
    const theirs = await set({ id, suspended: true, seen });
    const mine = await setProgramme(ports, actor, requestOf({ id, name: 'Tiếp âm', seen }));
    expect(mine).toMatchObject({ problem: { code: 'overtaken', fields: ['suspended'] } });
    expect(await store.programmes()).toEqual([theirs]);
  });

  it('moves what was planned over it, on its weekdays only', async () => {
    const { set, startsOn } = await open();
    expect(await startsOn(TOMORROW)).toEqual([330]);
    await set({ weekdays: [3] });
    expect(await startsOn(TOMORROW)).toEqual([360]);
    expect(await startsOn(DAY_AFTER)).toEqual([330]);
  });

  it('keeps nobody silent before its days, after them, or while it is suspended', async () => {
    const { set, startsOn } = await open();
    await set({ from: DAY_AFTER, to: DAY_AFTER });
    await set({ from: '2026-03-14', suspended: true });
    expect(await startsOn(TOMORROW)).toEqual([330]);
    expect(await startsOn(DAY_AFTER)).toEqual([360]);
    expect(await startsOn('2026-03-13')).toEqual([330]);
    expect(await startsOn('2026-03-14')).toEqual([330]);
  });

  it('takes the morning too when it reaches over midnight, after the days on which it begins', async () => {
    const { set, startsOn } = await open();
    const night = { startsAt: '22:00', endsAt: '06:00' };
    await set({ ...night, weekdays: [2] });
    await set({ ...night, from: DAY_AFTER, to: DAY_AFTER });
    expect(await startsOn(TOMORROW)).toEqual([360]);
    expect(await startsOn(DAY_AFTER)).toEqual([330]);
    expect(await startsOn('2026-03-13')).toEqual([360]);
    expect(await startsOn('2026-03-14')).toEqual([330]);
  });

  it('has the morning after its last day planned anew when it is entered', async () => {
    const { set, startsOn } = await open();
    expect(await startsOn('2026-03-13')).toEqual([330]);
    await set({ startsAt: '22:00', endsAt: '06:00', from: DAY_AFTER, to: DAY_AFTER });
    expect(await startsOn('2026-03-13')).toEqual([360]);
  });

  it('is shown what it makes impossible on the morning after its last day', async () => {
    const { ports, requestOf } = await open();
    const days = { from: TOMORROW, to: TOMORROW };
    const drafted = await draftProgramme(
      ports,
      requestOf({ ...days, startsAt: '22:00', endsAt: '06:29' }),
    );
    expect(drafted).toMatchObject({
      value: { findings: [{ days: { first: DAY_AFTER, last: DAY_AFTER } }] },
    });
  });

  it('is told to each speaker below its unit, signed, so that nothing is repaid over it', async () => {
    const { set, programmesTold } = await open();
    expect(await programmesTold()).toEqual([]);
    const { id } = await set();
    expect(await programmesTold()).toMatchObject([{ id, startsAt: '05:30', endsAt: '06:00' }]);
    await set({ id, suspended: true });
    expect(await programmesTold()).toEqual([]);
  });

  it('is told on the morning after its last evening too, as long as it may sound', async () => {
    const { set, programmesTold } = await open();
    await set({ to: '2026-03-09' });
    await set({ to: '2026-03-08', startsAt: '22:00' });
    expect(await programmesTold()).toEqual([]);
    await set({ to: '2026-03-09', startsAt: '22:00' });
    expect(await programmesTold()).toMatchObject([{ to: '2026-03-09', startsAt: '22:00' }]);
  });

  it('is shown what it makes impossible, and saved only when that is confirmed', async () => {
    const { ports, requestOf, store, airtime } = await open();
    const request = requestOf({ endsAt: '06:29' });
    const drafted = await draftProgramme(ports, request);
    if (!drafted.ok) throw new Error(drafted.problem.code);
    const [finding] = drafted.value.findings;
    expect(finding).toMatchObject({ problem: { rule: airtime.rule.id } });
    expect(finding?.repairs?.vi).toContain('Tiếp âm đài tỉnh');
    const refused = await setProgramme(ports, actor, request);
    expect(refused).toMatchObject({ problem: { code: 'notConfirmed' } });
    expect(await store.programmes()).toEqual([]);
    const confirmed = [finding?.code ?? ''];
    expect(await setProgramme(ports, actor, { ...request, confirmed })).toMatchObject({ ok: true });
    const [line] = await store.audit(1);
    expect(line).toMatchObject({ action: 'setProgramme', actor, facts: { startsAt: '05:30' } });
  });

  it.each([
    { why: 'an unknown unit', changed: { unit: newId() }, code: 'unknownUnit' },
    { why: 'a programme that is not there', changed: { id: newId() }, code: 'notFound' },
    {
      why: 'an end before its start',
      changed: { from: TOMORROW, to: '2026-03-01' },
      code: 'ruleEndsBeforeStart',
    },
  ])('is refused with $why', async ({ changed, code }) => {
    const { ports, requestOf } = await open();
    expect(await setProgramme(ports, actor, requestOf(changed))).toMatchObject({
      problem: { code },
    });
  });

  it.each([
    { startsAt: '06:00', endsAt: '05:30', fits: true },
    { startsAt: '06:00', endsAt: '06:00', fits: false },
    { startsAt: '23:00', endsAt: '00:00', fits: true },
  ])('has a length: $startsAt to $endsAt', ({ startsAt, endsAt, fits }) => {
    const request = { unit: newId(), name: 'Tiếp âm', from: TOMORROW, startsAt, endsAt };
    expect(setProgrammeRequestSchema.safeParse(request).success).toBe(fits);
  });
});
