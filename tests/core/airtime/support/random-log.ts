import fc from 'fast-check';
import type { Interval } from '#schemas/primitives.ts';
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
  /** How far an anchor moves the clock. */
  readonly movedMs: number;
  /** How far from the time that has passed a boot sets its clock. */
  readonly bootMovedMs: number;
  /** Nothing is heard for so long in the middle of an item; 0 is no pause. */
  readonly pauseMs: number;
  /** Whether an item's session was planned for the half hour before it sounded. */
  readonly isOnHalfHour: boolean;
}

type Kind = Step['kind'];

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
const silent = { method: 'capture', rmsDbfs: -90, silentMs: HOUR } as const;
const anyOddity = fc.constantFrom<Partial<ToldItem>>(
  { volume: 0 },
  { drill: true },
  { measurement: silent },
  { outcome: 'none' },
);
const change = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Partial<ToldItem>>({}) },
  { weight: 1, arbitrary: anyOddity },
);

const moves = [HOUR, 2 * HOUR, -HOUR, -2 * HOUR, -10 * MINUTE, -40 * HOUR];

const anyKind: fc.Arbitrary<Kind> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Kind>('item') },
  { weight: 14, arbitrary: fc.constant<Kind>('continued') },
  { weight: 15, arbitrary: fc.constantFrom<Kind[]>('beat', 'boot', 'anchor') },
  { weight: 8, arbitrary: fc.constant<Kind>('emergency') },
  { weight: 1, arbitrary: fc.constant<Kind>('undatedBoot') },
);

const step = (movable: boolean): fc.Arbitrary<Step> =>
  fc.record({
    afterMs,
    kind: anyKind,
    lengthMs,
    isForeign: fc.integer({ min: 0, max: 4 }).map((number) => number === 0),
    change,
    isOnHalfHour: fc.boolean(),
    movedMs: movable ? fc.constantFrom(0, 0, -HOUR, -5, 5, HOUR) : fc.constant(0),
    bootMovedMs: movable ? fc.constantFrom(0, 0, 0, 0, ...moves) : fc.constant(0),
    pauseMs: fc.constantFrom(0, 0, 0, 0, ...around(MINUTE)),
  });

/** Of one session that a power cut ends again and again, and each time the clock stands elsewhere. */
const restlessStep: fc.Arbitrary<Step> = fc
  .record({
    any: step(true),
    afterMs: fc.constantFrom(0, 0, ...around(MINUTE)),
    kind: fc.constantFrom<Kind[]>('continued', 'continued', 'continued', 'boot', 'boot', 'anchor'),
    bootMovedMs: fc.constantFrom(0, ...moves),
    isOther: fc.integer({ min: 0, max: 7 }).map((number) => number === 0),
  })
  .map(({ any, isOther, ...restless }) => (isOther ? any : { ...any, ...restless }));

const restlessSteps = fc
  .tuple(step(true), fc.array(restlessStep, { minLength: 5, maxLength: 25 }))
  .map(([first, rest]): readonly Step[] => [
    { ...first, kind: 'item', afterMs: 8 * HOUR },
    ...rest,
  ]);

const steps = (movable: boolean): fc.Arbitrary<readonly Step[]> => {
  const usual = fc.array(step(movable), { minLength: 5, maxLength: 40 });
  return movable ? fc.oneof(usual, usual, restlessSteps) : usual;
};

/**
 * A speaker's whole log of some days as its agent would write it: heartbeats name the session that
 * goes on after them, and a boot with a heartbeat ends it a day after the week. With `movable` anchors also jump, and
 * boots set their clock back or forward.
 */
export const randomLog = (
  movable: boolean,
  startMs = at(-1, '22:00'),
): fc.Arbitrary<readonly LogRecord[]> => steps(movable).map((all) => writeSteps(all, startMs));

const writeSteps = (all: readonly Step[], startMs: number): readonly LogRecord[] => {
  const writer = createLogWriter(speakerA).boot(startMs, 'first');
  let now = startMs;
  let session: SessionId = plannedSessionId(now);
  for (const [index, one] of all.entries()) {
    now += one.afterMs;
    if (one.kind === 'item') session = sessionAt(now, one);
    now = writeStep(writer, one, { now, session, isOpen: goesOn(all, index) });
  }
  const endMs = Math.max(now, at(8, '00:00'));
  return writer.boot(endMs).beat(endMs).records;
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
      writer.boot(now + one.bootMovedMs);
      return now + one.bootMovedMs;
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
  const played = { fromMs: now, toMs: now + one.lengthMs };
  return {
    session: isUrgent ? plannedSessionId(now) : session,
    ...played,
    audible: partsAround(played, one.pauseMs),
    campaigns: [one.isForeign ? otherCampaign : campaign],
    priority: isUrgent ? 'emergency' : 'normal',
    ...one.change,
  };
};

/** What lies before and behind a pause in the middle of an interval. */
const partsAround = ({ fromMs, toMs }: Interval, pauseMs: number): readonly Interval[] => {
  if (pauseMs === 0 || pauseMs >= toMs - fromMs) return [{ fromMs, toMs }];
  const pausedMs = fromMs + Math.floor((toMs - fromMs - pauseMs) / 2);
  return [
    { fromMs, toMs: pausedMs },
    { fromMs: pausedMs + pauseMs, toMs },
  ];
};

const goesOn = (all: readonly Step[], index: number): boolean => {
  const next = all.slice(index + 1).find(({ kind }) => kind === 'item' || kind === 'continued');
  return next?.kind === 'continued';
};
