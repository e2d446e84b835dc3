import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_QUIET_HOURS } from '#schemas/limits.ts';
import { mergeQuietHours } from '#server/services/merge-quiet-hours.ts';
import { publishLimits, readLimits } from '#server/services/publish-limits.ts';
import { NOON_MS, openPlannedSite } from '#tests/support/planned-site.ts';
import { mustCommit } from '#tests/support/site-in-store.ts';

const FIRST = NOON_MS / 1_000;

describe('what a speaker refuses by itself', () => {
  const open = async () => {
    const site = await openPlannedSite();
    const { speaker } = await site.site.enrol();
    const limits = async () => {
      const stored = await site.store.limitsOf(speaker.id);
      return stored === undefined ? undefined : readLimits(stored);
    };
    return { ...site, speaker, limits };
  };

  it('is told signed and retained, and only again when something changed', async () => {
    const { ports, store, speaker, airtime, limits } = await open();
    expect(await publishLimits(ports)).toEqual({ ok: true, value: 1 });
    expect(await limits()).toMatchObject({
      speaker: speaker.id,
      revision: FIRST,
      quietHours: [{ from: '21:00', to: '05:00' }],
      volume: 80,
    });
    expect(await store.outbox(10)).toMatchObject([{ retain: true }]);
    expect(await publishLimits(ports)).toEqual({ ok: true, value: 0 });
    const quietHours = [{ from: '20:00', to: '06:00' }];
    await mustCommit(store, [{ do: 'put', what: 'cap', value: { ...airtime.cap, quietHours } }]);
    expect(await publishLimits(ports)).toEqual({ ok: true, value: 1 });
    expect(await limits()).toMatchObject({ revision: FIRST + 1, quietHours });
  });

  it('leaves out quiet hours of a cap that does not hold today', async () => {
    const { ports, store, airtime, limits } = await open();
    await mustCommit(store, [
      { do: 'put', what: 'cap', value: { ...airtime.cap, to: '2026-03-09' } },
    ]);
    await publishLimits(ports);
    expect(await limits()).toMatchObject({ quietHours: [] });
  });
});

const minute = fc.integer({ min: 0, max: 1439 });
const toTime = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const daypart = fc
  .tuple(minute, minute)
  .map(([from, to]) => ({ from: toTime(from), to: toTime(to) }));

const isIn = ({ from, to }: { from: string; to: string }, time: string): boolean =>
  from < to ? from <= time && time < to : time >= from || time < to;

describe('quiet hours of several caps', () => {
  it('cover the same minutes when they are merged, in order and apart', () => {
    fc.assert(
      fc.property(fc.array(daypart, { maxLength: MAX_QUIET_HOURS }), minute, (dayparts, at) => {
        const merged = mergeQuietHours(dayparts);
        const time = toTime(at);
        expect(merged.filter((part) => isIn(part, time)).length).toBe(
          dayparts.some((part) => isIn(part, time)) ? 1 : 0,
        );
        expect(merged.length).toBeLessThanOrEqual(MAX_QUIET_HOURS);
      }),
    );
  });

  it('are the whole day when they are too many to tell', () => {
    const many = Array.from({ length: MAX_QUIET_HOURS + 1 }, (_, index) => ({
      from: toTime(index * 60),
      to: toTime(index * 60 + 30),
    }));
    expect(mergeQuietHours(many)).toEqual([{ from: '00:00', to: '00:00' }]);
  });
});
