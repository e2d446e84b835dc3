import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { planDay } from '#core/plan/plan-day.ts';
import { defaultPlanSettings, type PlanInput } from '#core/plan/plan-input.ts';
import type { Playlist } from '#schemas/playlist.ts';
import {
  at,
  bulletinOf,
  CAMPAIGN,
  inputOf,
  OTHER_CAMPAIGN,
  ruleOf,
  someBulletins,
  startsOf,
} from './plan-inputs.ts';
import { planOf, sessionsOf } from './planned.ts';
import { randomInput } from './random-inputs.ts';

/** Hundreds of days are planned and judged, also on a machine that is busy with other work. */
vi.setConfig({ testTimeout: 180_000 });

const runs = { numRuns: 60 };

const playlistOf = (input: PlanInput): Playlist | null => {
  const planned = planDay(input);
  return planned.ok ? planned.value.playlist : null;
};

const starts = (playlist: Playlist | null) => playlist?.sessions.map(({ startMs }) => startMs);

describe('a small change of input', () => {
  it('one bulletin more moves no session of a day that was planned', () => {
    const added = fc
      .record({
        durationMs: fc.integer({ min: 20_000, max: 900_000 }),
        campaigns: fc.constantFrom([CAMPAIGN], [OTHER_CAMPAIGN], [CAMPAIGN, OTHER_CAMPAIGN]),
      })
      .map(({ durationMs, campaigns }) => bulletinOf(90, durationMs, { campaigns }));
    fc.assert(
      fc.property(randomInput, added, (input, bulletin) => {
        const previous = playlistOf(input);
        fc.pre(previous !== null);
        const bulletins = [...input.bulletins, bulletin];
        const next = playlistOf({ ...input, bulletins, previous });
        expect(starts(next)).toEqual(starts(previous));
      }),
      runs,
    );
  });

  it('a staggered session with no room for more is not filled up from an earlier start', () => {
    const input = inputOf({
      rules: [ruleOf({ minMinutes: 19, dayparts: [{ from: '12:00', to: '12:40' }] })],
      bulletins: [bulletinOf(0, 253_470), bulletinOf(1, 25_306)],
      settings: { ...defaultPlanSettings, staggerS: 20 },
    });
    const previous = playlistOf(input);
    expect(starts(previous)).toEqual([at('12:00') + 20_000, at('12:00') + 1_190_000]);
    expect(playlistOf({ ...input, previous })).toEqual(previous);
  });

  it('none at all moves nothing when the day is planned again', () => {
    fc.assert(
      fc.property(randomInput, (input) => {
        const previous = playlistOf(input);
        fc.pre(previous !== null);
        expect(starts(playlistOf({ ...input, previous }))).toEqual(starts(previous));
      }),
      runs,
    );
  });

  it('a rule more is planned beside the sessions that stand', () => {
    const previous = planOf().playlist;
    const other = ruleOf({
      id: ruleOf().id.replace(/.$/, 'c'),
      campaign: OTHER_CAMPAIGN,
      minMinutes: 10,
    });
    const more = bulletinOf(50, 300_000, { campaigns: [OTHER_CAMPAIGN] });
    const bulletins = [...someBulletins, more];
    const sessions = sessionsOf({ rules: [other, ruleOf()], bulletins, previous });
    expect(startsOf(sessions)).toEqual(expect.arrayContaining(['05:30', '17:00']));
    expect(sessions).toHaveLength(4);
  });

  it('a session that nothing wants any more is dropped, the others stay', () => {
    const previous = planOf().playlist;
    expect(startsOf(sessionsOf({ rules: [ruleOf({ minOccurrences: 1 })], previous }))).toEqual([
      '05:30',
    ]);
  });
});

describe('neighbouring speakers', () => {
  const settings = { marginS: 30, latestStartMin: 60, volume: null };
  const offsets = (changes: Partial<PlanInput>, staggerS: number) =>
    sessionsOf({ ...changes, settings: { ...settings, staggerS } }).map(
      ({ startMs }) => ((startMs ?? 0) % 60_000) / 1000,
    );

  it('begin one after another, by the setting', () => {
    expect(offsets({}, 0)).toEqual([0, 0]);
    expect(offsets({}, 20)).toEqual([20, 20]);
    expect(startsOf(sessionsOf({ settings: { ...settings, staggerS: 20 } }))).toEqual([
      '05:30',
      '17:00',
    ]);
  });

  it('are not staggered beyond what a rule takes for punctual', () => {
    expect(offsets({ rules: [ruleOf({ startToleranceS: 15 })] }, 20)).toEqual([0, 0]);
  });

  it('are not staggered into quiet hours or out of a daypart', () => {
    const bulletins = [bulletinOf(1, 30 * 60_000)];
    const rules = [ruleOf({ minOccurrences: 1, dayparts: [{ from: '05:30', to: '06:00' }] })];
    expect(offsets({ rules, bulletins }, 20)).toEqual([0]);
  });

  it('stay where they are when the day is planned again', () => {
    const staggered = { ...settings, staggerS: 20 };
    const previous = planOf({ settings: staggered }).playlist;
    expect(sessionsOf({ settings: staggered, previous })).toEqual(previous.sessions);
    const nowMs = at('05:25');
    expect(sessionsOf({ settings: staggered, previous, nowMs })).toEqual(previous.sessions);
  });

  it('every staggered plan is proved like any other', () => {
    let planned = 0;
    fc.assert(
      fc.property(randomInput, fc.integer({ min: 1, max: 120 }), (input, staggerS) => {
        const answer = planDay({ ...input, settings: { ...input.settings, staggerS } });
        const plain = planDay(input);
        expect(answer.ok).toBe(plain.ok);
        if (answer.ok) planned += 1;
      }),
      runs,
    );
    expect(planned).toBeGreaterThan(runs.numRuns / 5);
  });
});
