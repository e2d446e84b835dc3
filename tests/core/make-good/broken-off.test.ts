import { expect, test } from 'vitest';
import { decideMakeGoods } from '#core/make-good/decide-make-goods.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { at, idOf, ruleOf } from '../plan/plan-inputs.ts';
import { inputOf, logOf, sessionAt, slotOf, startsOf } from './missed-day.ts';

const rule = ruleOf({ dayparts: [{ from: '05:30', to: '08:00' }] });
const sessions = [sessionAt('05:30', [slotOf(1, 16), slotOf(2, 15)])];

const decided = (now: string, more = {}) =>
  decideMakeGoods(inputOf({ now, sessions, rules: [rule] }, more));

/**
 * The log of a box whose power came back at the instant, after what it had written before; with
 * `setTo` its clock was wrong, and is set to that.
 */
const restartedAt = (
  time: number,
  before: readonly LogRecord[],
  setTo = time,
): readonly LogRecord[] => {
  const seq = before.length;
  const [start, anchored] = logOf([], time);
  if (start === undefined || anchored === undefined) throw new Error('no boot');
  const fresh = [start, anchored, ...(setTo === time ? [] : [{ ...anchored, posMs: 1 }])];
  const clock = { source: 'server', offsetMs: time, uncertaintyMs: 0 } as const;
  const boot = idOf(61);
  const again = fresh.map((record, index) => ({ ...record, seq: seq + index + 1, boot, clock }));
  const wallOf = (posMs: number) => (posMs === 0 ? time : setTo);
  return [
    ...before,
    ...again.map((record) =>
      record.kind === 'clock'
        ? {
            ...record,
            anchor: { ...record.anchor, posMs: record.posMs, wallMs: wallOf(record.posMs) },
          }
        : record,
    ),
  ];
};

test.each([
  { why: 'before anything of it sounded', from: '06:40', now: '06:41', anew: ['06:43'] },
  { why: 'and what is left still suffices', from: '06:32', now: '06:34', anew: [] },
  {
    why: 'and the clock is set back after it',
    from: '06:40',
    set: '06:32',
    now: '06:34',
    anew: [],
  },
])(
  'of a make-good that a restart broke off, only what can still qualify is played: $why',
  (cut) => {
    const { placed } = decided('06:30');
    const begun = new Set(placed.map(({ session }) => session.id));
    const log = restartedAt(
      at(cut.from) + 40_000,
      logOf([], at('06:31')),
      at(cut.set ?? cut.from) + 40_000,
    );
    const after = decided(cut.now, { log, placed, begun });
    const [first, ...others] = after.placed;
    expect(first?.abandoned).toBe(cut.anew.length > 0);
    expect(startsOf(others)).toEqual(cut.anew);
    expect(decided(cut.now, { log, placed: after.placed, begun })).toEqual(after);
  },
);
