import fc from 'fast-check';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { plannedSessionId, type SessionId } from '#schemas/session.ts';
import { at, HOUR, MINUTE, SECOND } from './court.ts';
import { campaign, otherCampaign, speakerA } from './ids.ts';
import { createLogWriter, type ToldItem } from './log-writer.ts';

/** One thing that happens, `afterMs` after the end of the one before. */
interface Step {
  readonly afterMs: number;
  readonly kind: 'item' | 'continued' | 'emergency' | 'beat' | 'boot' | 'undatedBoot' | 'anchor';
  readonly lengthMs: number;
  readonly isForeign: boolean;
  readonly change: Partial<ToldItem>;
  readonly movedMs: number;
  /** Whether an item's session was planned for the half hour before it sounded. */
  readonly isOnHalfHour: boolean;
}

const around = (ms: number) => [ms - 1, ms, ms + 1];
const afterMs = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, ...around(MINUTE), 5 * SECOND) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 2 * HOUR }) },
  { weight: 1, arbitrary: fc.integer({ min: 2 * HOUR, max: 20 * HOUR }) },
);
const lengthMs = fc.oneof(
  fc.constantFrom(...around(30 * MINUTE), ...around(15 * MINUTE), 10 * MINUTE),
  fc.integer({ min: 1, max: 40 * MINUTE }),
);
const change = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Partial<ToldItem>>({}) },
  { weight: 1, arbitrary: fc.constantFrom<Partial<ToldItem>>({ volume: 0 }, { drill: true }) },
);

const step = (movable: boolean): fc.Arbitrary<Step> =>
  fc.record({
    afterMs,
    kind: fc.oneof(
      { weight: 8, arbitrary: fc.constant('item' as const) },
      { weight: 14, arbitrary: fc.constant('continued' as const) },
      {
        weight: 15,
        arbitrary: fc.constantFrom('beat' as const, 'boot' as const, 'anchor' as const),
      },
      { weight: 8, arbitrary: fc.constant('emergency' as const) },
      { weight: 1, arbitrary: fc.constant('undatedBoot' as const) },
    ),
    lengthMs,
    isForeign: fc.integer({ min: 0, max: 4 }).map((number) => number === 0),
    change,
    isOnHalfHour: fc.boolean(),
    movedMs: movable ? fc.constantFrom(0, 0, -HOUR, -5, 5, HOUR) : fc.constant(0),
  });

/**
 * A speaker's whole log of some days as its agent would write it: heartbeats name the session that
 * goes on after them, and a boot ends it a day after the week. With `movable` anchors also jump.
 */
export const randomLog = (
  movable: boolean,
  startMs = at(-1, '22:00'),
): fc.Arbitrary<readonly LogRecord[]> =>
  fc
    .array(step(movable), { minLength: 5, maxLength: 40 })
    .map((steps) => writeSteps(steps, startMs));

const writeSteps = (steps: readonly Step[], startMs: number): readonly LogRecord[] => {
  const writer = createLogWriter(speakerA).boot(startMs, 'first');
  let now = startMs;
  let session: SessionId = plannedSessionId(now);
  for (const [index, one] of steps.entries()) {
    now += one.afterMs;
    if (one.kind === 'item') session = sessionAt(now, one);
    now = writeStep(writer, one, { now, session, isOpen: goesOn(steps, index) });
  }
  return writer.boot(Math.max(now, at(8, '00:00'))).records;
};

const sessionAt = (now: number, { isOnHalfHour }: Step): SessionId =>
  plannedSessionId(isOnHalfHour ? now - (now % (30 * MINUTE)) : now);

interface Moment {
  readonly now: number;
  readonly session: SessionId;
  readonly isOpen: boolean;
}

/** Writes one step; the wall time after it. */
const writeStep = (
  writer: ReturnType<typeof createLogWriter>,
  one: Step,
  { now, session, isOpen }: Moment,
): number => {
  switch (one.kind) {
    case 'boot':
      writer.boot(now);
      return now;
    case 'undatedBoot':
      writer.bootOnly(now);
      return now;
    case 'anchor':
      writer.anchor(now + one.movedMs, now);
      return now + one.movedMs;
    case 'beat':
      writer.beat(now, isOpen ? session : null);
      return now;
    default:
      writer.item(itemOf(one, { now, session, isOpen }));
      return now + one.lengthMs;
  }
};

const itemOf = (one: Step, { now, session }: Moment): ToldItem => {
  const isUrgent = one.kind === 'emergency';
  return {
    session: isUrgent ? plannedSessionId(now) : session,
    fromMs: now,
    toMs: now + one.lengthMs,
    campaigns: [one.isForeign ? otherCampaign : campaign],
    priority: isUrgent ? 'emergency' : 'normal',
    ...one.change,
  };
};

const goesOn = (steps: readonly Step[], index: number): boolean => {
  const next = steps.slice(index + 1).find(({ kind }) => kind === 'item' || kind === 'continued');
  return next?.kind === 'continued';
};
