import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { canonicalJson } from '#core/canonical-json.ts';
import { localTimeToMinutes, rowAt, wallMinutesAt } from '#core/local-time.ts';
import { planDay } from '#core/plan/plan-day.ts';
import type { PlanInput } from '#core/plan/plan-input.ts';
import { provePlan } from '#core/plan/prove-plan.ts';
import type { Session } from '#schemas/playlist.ts';
import type { Daypart } from '#schemas/primitives.ts';
import { at, bulletinOf, inputOf, lengthMs, someBulletins } from './plan-inputs.ts';
import { randomInput } from './random-inputs.ts';

/** Hundreds of days are planned and judged, also on a machine that is busy with other work. */
vi.setConfig({ testTimeout: 180_000 });

const runs = { numRuns: 100 };
/** How finely the wall is looked at while a session sounds. */
const STEP_MS = 30_000;

/** Whether the wall shows a time of the daypart, read straight from its definition. */
const isWithin = (daypart: Daypart, minutes: number): boolean => {
  const from = localTimeToMinutes(daypart.from);
  const to = localTimeToMinutes(daypart.to);
  return from < to ? from <= minutes && minutes < to : minutes >= from || minutes < to;
};

const wallWhile = (input: PlanInput, session: Session): number[] => {
  const startMs = session.startMs ?? 0;
  const walls: number[] = [];
  for (let ms = startMs; ms < startMs + lengthMs(session); ms += STEP_MS) {
    const row = rowAt(input.table, ms);
    if (row !== undefined) walls.push(wallMinutesAt(row, ms));
  }
  return walls;
};

/** Plans the input; a plan comes with its sessions, a refusal with its code. */
const plan = (input: PlanInput) => {
  const planned = planDay(input);
  return planned.ok
    ? { code: 'planned', sessions: planned.value.playlist.sessions, ...planned.value }
    : { code: planned.problem.code, sessions: [], playlist: null, shortfalls: [] };
};

const textOf = (input: PlanInput): string => {
  const planned = planDay(input);
  return canonicalJson(planned.ok ? { ...planned.value } : { ...planned.problem });
};

describe('every plan of a whole day', () => {
  it('is judged met when it is aired exactly, and owes nothing', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(randomInput, (input) => {
        const { code, playlist, shortfalls } = plan(input);
        seen.set(code, (seen.get(code) ?? 0) + 1);
        expect(code).not.toBe('planUnproven');
        expect(shortfalls).toEqual([]);
        if (playlist !== null) expect(provePlan(input, { playlist, shortfalls })).toBeUndefined();
      }),
      runs,
    );
    // The property says nothing unless many of the days can be planned.
    expect(seen.get('planned')).toBeGreaterThan(runs.numRuns / 4);
  });

  it('breaks no cap and keeps silent in quiet hours', () => {
    fc.assert(
      fc.property(randomInput, (input) => {
        const { sessions } = plan(input);
        const [cap] = input.caps;
        const unbounded = Number.POSITIVE_INFINITY;
        const lengths = sessions.map(lengthMs);
        const totalMs = lengths.reduce((sum, each) => sum + each, 0);
        const inMs = (minutes: number | null | undefined) => (minutes ?? unbounded) * 60_000;
        expect(sessions.length).toBeLessThanOrEqual(cap?.maxSessionsPerDay ?? unbounded);
        expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(inMs(cap?.maxSessionMinutes));
        const midnightMs = input.table[0]?.endMs ?? 0;
        const pastMs = sessions.reduce(
          (sum, each) => sum + Math.max(0, (each.startMs ?? 0) + lengthMs(each) - midnightMs),
          0,
        );
        expect(totalMs - pastMs).toBeLessThanOrEqual(inMs(cap?.maxDayMinutes));
        for (const session of sessions) {
          for (const wall of wallWhile(input, session)) {
            expect(input.quietHours.some((quiet) => isWithin(quiet, wall))).toBe(false);
          }
        }
      }),
      runs,
    );
  });

  it('has sessions that do not overlap, of slots without a gap', () => {
    fc.assert(
      fc.property(randomInput, (input) => {
        let endedMs = 0;
        for (const session of plan(input).sessions) {
          expect(session.startMs).toBeGreaterThan(endedMs);
          endedMs = (session.startMs ?? 0) + lengthMs(session);
          let offsetMs = 0;
          for (const slot of session.slots) {
            expect(slot.offsetMs).toBe(offsetMs);
            offsetMs += slot.durationMs;
          }
        }
      }),
      runs,
    );
  });
});

describe('the same input', () => {
  it('gives the same bytes, each time and in any order', () => {
    const shuffled = randomInput.chain((input) =>
      fc
        .record({
          rules: fc.shuffledSubarray([...input.rules], { minLength: input.rules.length }),
          bulletins: fc.shuffledSubarray([...input.bulletins], {
            minLength: input.bulletins.length,
          }),
        })
        .map((changes) => [input, { ...input, ...changes }] as const),
    );
    fc.assert(
      fc.property(shuffled, ([input, turned]) => {
        expect(textOf(input)).toBe(textOf(input));
        expect(textOf(turned)).toBe(textOf(input));
      }),
      runs,
    );
  });
});

describe('one bulletin more', () => {
  it('moves no session of a day under one rule', () => {
    const added = fc.integer({ min: 20_000, max: 600_000 });
    fc.assert(
      fc.property(added, fc.integer({ min: 0, max: 23 }), (durationMs, hour) => {
        const nowMs = at(`${String(hour).padStart(2, '0')}:07`, '2025-01-13');
        const bulletins = [...someBulletins, bulletinOf(90, durationMs)];
        const before = plan(inputOf({ nowMs }));
        const after = plan(inputOf({ nowMs, bulletins }));
        const starts = (each: typeof after) => each.sessions.map(({ startMs }) => startMs);
        expect(starts(after)).toEqual(starts(before));
      }),
      runs,
    );
  });
});
