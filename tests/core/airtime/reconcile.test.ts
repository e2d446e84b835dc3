import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { playlistsAsAired } from '#core/airtime/playlist-as-aired.ts';
import { reconcile } from '#core/airtime/reconcile.ts';
import { canonicalJson } from '#core/canonical-json.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { Playlist, Session } from '#schemas/playlist.ts';
import { dayReconciliationSchema } from '#schemas/reconciliation.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { handSessionId, plannedSessionId } from '#schemas/session.ts';
import { at, MINUTE, SECOND, zone } from './support/court.ts';
import { bulletin, campaign, id, speakerA } from './support/ids.ts';
import { createLogWriter, type ToldItem } from './support/log-writer.ts';

const start = at(0, '05:30');
const session = plannedSessionId(start);
const item = 10 * MINUTE;

/** Two live items of ten minutes from 05:30 on. */
const planned = (drill = false): Session => ({
  id: session,
  startMs: start,
  latestStartMin: 60,
  drill,
  priority: 'normal',
  volume: null,
  slots: [0, item].map((offsetMs) => ({
    offsetMs,
    durationMs: item,
    kind: 'live',
    clip: null,
    bulletin,
    campaigns: [campaign],
    role: 'bulletin',
    priority: 'normal',
    validFromMs: 0,
    expiresMs: at(30, '00:00'),
  })),
});

const playlist = (...sessions: Session[]): Playlist => ({
  v: 1,
  site: 'lang-thu',
  day: '2026-03-02',
  sessions,
});

const compared = (
  log: readonly LogRecord[],
  { nowMs = at(1, '00:00'), list = playlist(planned()) } = {},
) => {
  const days = [{ day: '2026-03-02', name: 'a'.repeat(64), playlist: list }];
  const table = createDayTable(zone, '2026-03-02', 1);
  const { days: found } = reconcile({ table, speakers: [{ speaker: speakerA, days, log }], nowMs });
  const [day] = found;
  if (day === undefined) throw new Error('no day');
  expect(dayReconciliationSchema.parse(day)).toEqual(day);
  return day;
};
const slotsOf = (log: readonly LogRecord[], nowMs?: number) =>
  compared(log, nowMs === undefined ? {} : { nowMs }).sessions[0]?.slots ?? [];

const writer = () => createLogWriter(speakerA).boot(at(0, '00:00') - MINUTE);
const first = { session, fromMs: start, toMs: start + item };
const second = { session, fromMs: start + item, toMs: start + 2 * item };
const later = at(0, '07:00');
/** Without an offset of their own records go to the first free slot. */
const inFirstSlot = (log: readonly LogRecord[]) =>
  log.map((record) => (record.kind === 'ended' ? { ...record, slotOffsetMs: 0 } : record));
describe('planned against aired', () => {
  test('a playlist that is aired exactly is aired slot by slot, and nothing is outside of it', () => {
    const airing = { speaker: speakerA, fromMs: at(0, '00:00') - 1, toMs: at(1, '00:00') };
    const day = compared(playlistsAsAired([playlist(planned())], airing));
    expect(day.totals).toMatchObject({
      slots: 2,
      aired: 2,
      plannedMs: 2 * item,
      airedMs: 2 * item,
    });
    expect(day).toMatchObject({ outside: [], outsideMs: 0 });
  });

  test('a drill airs nothing of a session that was to be none, and is shown outside of it', () => {
    const drilled = writer()
      .item({ ...first, drill: true })
      .beat(later);
    expect(compared(drilled.records)).toMatchObject({
      totals: { aired: 0, notAired: 2, airedMs: 0 },
      outside: [{ session, drill: true, why: 'unplannedItem' }],
      outsideMs: 0,
    });
  });

  test('an item that misses up to one second of its length has aired, more is partly aired', () => {
    const within = writer().item({ ...first, toMs: first.toMs - SECOND });
    expect(slotsOf(within.records)[0]?.state).toBe('aired');
    const beyond = writer()
      .item({ ...first, toMs: first.toMs - SECOND - 1 })
      .beat(later);
    expect(slotsOf(beyond.records)[0]).toMatchObject({
      state: 'partlyAired',
      final: true,
      reason: 'cutShort',
      airedMs: item - SECOND - 1,
    });
  });

  test('what a stop cut short says so, and what came after it was not reached', () => {
    const log = writer()
      .item({ ...first, toMs: start + MINUTE, outcome: 'part', reason: 'stopped' })
      .beat(later);
    expect(slotsOf(log.records)).toMatchObject([
      { state: 'partlyAired', reason: 'cutShort', cause: 'stopped', airedMs: MINUTE },
      { state: 'notAired', reason: 'notReached', cause: 'stopped' },
    ]);
  });

  test('an item that a power cut divided is the sum of its halves', () => {
    const log = writer()
      .item({ ...first, toMs: start + 3 * MINUTE, outcome: 'part', reason: 'powerLoss' })
      .boot(start + 5 * MINUTE)
      .item({ ...first, fromMs: start + 6 * MINUTE, outcome: 'part', reason: 'joinedLate' })
      .beat(later);
    expect(slotsOf(inFirstSlot(log.records))).toMatchObject([
      { state: 'partlyAired', cause: 'joinedLate', airedMs: 7 * MINUTE, records: [3, 6] },
      { state: 'notAired', reason: 'notReached' },
    ]);
  });

  test('an item that was begun again from its start is heard no farther than it came', () => {
    const tries = (...told: readonly Partial<ToldItem>[]) => {
      const log = writer();
      for (const [at, one] of told.entries()) {
        const fromMs = start + at * 6 * MINUTE;
        log.item({ ...first, fromMs, toMs: fromMs + 5 * MINUTE, ...one });
        log.boot(fromMs + 5.5 * MINUTE);
      }
      return slotsOf(inFirstSlot(log.beat(later).records))[0]?.airedMs;
    };
    const anew = { skippedMs: 0 };
    expect(tries(anew, anew)).toBe(5 * MINUTE);
    expect(tries(anew, { skippedMs: 4 * MINUTE }, anew)).toBe(9 * MINUTE);
    // A record of an older agent does not say how far into the item it began.
    expect(tries(anew, {})).toBe(item);
  });

  test.each([
    {
      why: 'without power at its instant',
      log: () => writer().boot(at(0, '06:30')).beat(later),
      reason: 'speakerOff',
      cause: 'powerLoss',
    },
    {
      why: 'refused',
      log: () => writer().refuse(start, session).beat(later),
      reason: 'refused',
      cause: 'clockUntrusted',
    },
    {
      why: 'played at volume zero',
      log: () =>
        writer()
          .item({ ...first, volume: 0, reason: 'volumeZero' })
          .beat(later),
      reason: 'notAudible',
      cause: 'volumeZero',
    },
    {
      why: 'never begun by a speaker that ran',
      log: () => writer().beat(later),
      reason: 'notBegun',
      cause: null,
    },
  ])('a slot that was not aired says why: $why', ({ log, reason, cause }) => {
    const [slot] = slotsOf(log().records);
    expect(slot).toMatchObject({ state: 'notAired', final: true, reason, cause });
  });

  test.each([
    { why: 'not over', log: () => writer(), nowMs: start, reason: 'notYet' },
    { why: 'no record after it', log: () => writer(), nowMs: later, reason: 'logMissing' },
    { why: 'a hole', log: () => writer().skip().beat(later), nowMs: later, reason: 'logMissing' },
    {
      why: 'still open',
      log: () => writer().beat(later, session),
      nowMs: later,
      reason: 'logMissing',
    },
    {
      why: 'a boot that no anchor dates',
      log: () => writer().bootOnly(start).boot(later),
      nowMs: later,
      reason: 'bootUndated',
    },
  ])(
    'what the log does not reach awaits data and is never missed: $why',
    ({ log, nowMs, reason }) => {
      const day = compared(log().records, { nowMs });
      expect(day.sessions[0]?.slots).toMatchObject([
        { state: 'awaitingData', final: false, reason },
        { state: 'awaitingData', final: false, reason },
      ]);
      expect(day.totals).toMatchObject({ missedMs: 0, awaitingMs: 2 * item });
    },
  );

  test('what may still begin again from its first item awaits data, and is missed only after that', () => {
    const late = { do: 'restart', withinMin: 60 } as const;
    const list = playlist({ ...planned(), late });
    const back = () => writer().boot(at(0, '06:20'));
    const last = start + 60 * MINUTE + 2 * item + 10 * SECOND;
    const soon = compared(back().beat(at(0, '06:25')).records, { nowMs: at(0, '06:25'), list });
    expect(soon.totals).toMatchObject({ missedMs: 0, awaitingMs: 2 * item });
    expect(soon.sessions[0]?.slots[0]).toMatchObject({ final: false, reason: 'notYet' });
    const over = compared(back().beat(last).records, { nowMs: last, list });
    expect(over.sessions[0]?.slots[0]).toMatchObject({ final: true, reason: 'speakerOff' });
  });

  test('an item without a trusted date earns nothing and is named', () => {
    const log = writer().bootOnly(start).item(first);
    const [slot] = slotsOf(log.records, later);
    expect(slot).toMatchObject({ state: 'awaitingData', reason: 'undated', airedMs: 0 });
  });

  test('what sounds by hand, by emergency or under another plan is outside the plan', () => {
    const by = { fromMs: at(0, '09:00'), toMs: at(0, '09:05') };
    const log = writer()
      .item(first)
      .item(second)
      .item({ ...second, toMs: second.toMs + SECOND })
      .item({ ...by, session: handSessionId(by.fromMs, id(77)) })
      .item({ ...by, session: plannedSessionId(by.fromMs) })
      .item({ ...by, session: plannedSessionId(by.fromMs), priority: 'emergency' })
      .beat(at(0, '10:00'));
    const day = compared(log.records);
    expect(day.totals).toMatchObject({ aired: 2 });
    expect(day.outside.map(({ why }) => why)).toEqual([
      'unplannedItem',
      'byHand',
      'unplannedSession',
      'emergency',
    ]);
  });

  test('drills are shown and left out of the totals', () => {
    const log = writer()
      .item({ ...first, drill: true })
      .beat(later);
    const day = compared(log.records, { list: playlist(planned(true)) });
    expect(day.sessions[0]?.slots[0]?.state).toBe('aired');
    expect(day.totals).toMatchObject({ slots: 0, plannedMs: 0 });
  });
});

/** Any log of one morning: items of odd lengths, holes, cuts, what is written late. */
const morning = fc
  .array(
    fc.record({
      kind: fc.constantFrom('item', 'skip', 'boot', 'bootOnly', 'beat', 'refuse'),
      minutes: fc.integer({ min: 0, max: 90 }),
      lengthMs: fc.integer({ min: 0, max: 15 * MINUTE }),
    }),
    { maxLength: 12 },
  )
  .map((steps) => {
    const log = writer();
    for (const { kind, minutes, lengthMs } of steps) {
      const ms = at(0, '05:00') + minutes * MINUTE;
      if (kind === 'item') log.item({ session, fromMs: ms, toMs: ms + lengthMs });
      else if (kind === 'skip') log.skip();
      else if (kind === 'refuse') log.refuse(ms, session);
      else log[kind](ms);
    }
    return log.records;
  });

describe('any log', () => {
  test('what was aired, missed and awaited adds up to what was planned', () => {
    fc.assert(
      fc.property(morning, (log) => {
        const { totals } = compared(log);
        expect(totals.airedMs + totals.missedMs + totals.awaitingMs).toBe(totals.plannedMs);
        expect(totals.aired + totals.partlyAired + totals.notAired + totals.awaitingData).toBe(2);
      }),
    );
  });

  test('gives the same bytes in whatever order its records come', () => {
    fc.assert(
      fc.property(morning, fc.infiniteStream(fc.nat()), (log, numbers) => {
        const shuffled = log
          .map((record) => ({ record, at: numbers.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ record }) => record);
        expect(canonicalJson(compared(shuffled))).toBe(canonicalJson(compared(log)));
      }),
    );
  });
});
