import { expect, test } from 'vitest';
import type { ShownMakeGood } from '#schemas/make-good.ts';
import type { Session } from '#schemas/playlist.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { makeGoodSessionId, plannedSessionId } from '#schemas/session.ts';
import { type DayFacts, dayLine } from '../../web/features/today/day-line.ts';
import { withMakeGoods } from '../../web/features/today/make-good-line.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 23, 23, 0);
const AGAIN = START + 120 * MINUTE;
const BULLETIN = '01935000-0000-7000-8000-000000000001';
const MISSED = plannedSessionId(START);
const repays = { session: MISSED, rules: [BULLETIN] };

const slot = {
  offsetMs: 0,
  durationMs: 10 * MINUTE,
  kind: 'clip',
  clip: { sha256: 'a'.repeat(64), bytes: 1, durationMs: 10 * MINUTE },
  bulletin: BULLETIN,
  campaigns: [],
  role: 'bulletin',
  priority: 'normal',
  validFromMs: 0,
  expiresMs: START * 2,
} as const;
const missed: Session = {
  id: MISSED,
  startMs: START,
  latestStartMin: 5,
  drill: false,
  priority: 'normal',
  volume: null,
  slots: [{ ...slot, campaigns: [] }],
};

const OFFSET = START - 60 * MINUTE;
const recordAt = (wallMs: number) =>
  ({
    v: 1,
    site: 'xa-thu',
    speaker: BULLETIN,
    seq: 1,
    prev: '0'.repeat(64),
    boot: BULLETIN,
    clock: { source: 'server', offsetMs: OFFSET, uncertaintyMs: 20 },
    posMs: wallMs - OFFSET,
  }) as const;

const refused: LogRecord = {
  ...recordAt(START + 30 * MINUTE),
  ...{ kind: 'refused', what: 'makeGood', reason: 'noPermit', repays },
  ...{ session: null, clip: null, bulletin: null },
};
const played = { fromMs: AGAIN - OFFSET, toMs: AGAIN - OFFSET + 10 * MINUTE };
const ended: LogRecord = {
  ...recordAt(AGAIN + 10 * MINUTE),
  kind: 'ended',
  session: makeGoodSessionId(AGAIN),
  playlist: null,
  slotOffsetMs: 0,
  item: {
    kind: 'clip',
    clip: 'a'.repeat(64),
    durationMs: 10 * MINUTE,
    bulletin: BULLETIN,
    campaigns: [],
    role: 'bulletin',
    priority: 'normal',
  },
  drill: false,
  played,
  audible: [played],
  outcome: 'whole',
  reason: null,
  volume: 80,
  measurement: null,
  repays,
};
const shown: ShownMakeGood = {
  session: makeGoodSessionId(AGAIN),
  startMs: AGAIN,
  endMs: AGAIN + 10 * MINUTE,
  repays,
};

const lineOf = (more: Partial<DayFacts>, health: readonly ShownMakeGood[] = []) => {
  const facts: DayFacts = {
    nowMs: START + 60 * MINUTE,
    isToday: () => true,
    playlist: { v: 1, site: 'xa-thu', day: '2026-11-24', sessions: [missed] },
    records: [{ ...recordAt(START + 40 * MINUTE), kind: 'heartbeat', openSession: null }],
    playing: null,
    evidence: [],
    ...more,
  };
  return withMakeGoods(dayLine(facts), facts, health);
};

test('a make-good that is placed stands on the line with what it repays, and the missed session says when', () => {
  expect(lineOf({}, [shown])).toMatchObject([
    { session: MISSED, state: 'missed', repaidAtMs: AGAIN, repays: null },
    { session: shown.session, state: 'planned', repays: MISSED, bulletins: [BULLETIN] },
  ]);
});

test('once it sounded it is aired, whether or not the speaker still names it', () => {
  for (const health of [[shown], []]) {
    const line = lineOf({ records: [ended], nowMs: AGAIN + 20 * MINUTE }, health);
    expect(line[1]).toMatchObject({ state: 'aired', repays: MISSED, audibleMs: 10 * MINUTE });
    expect(line).toHaveLength(2);
  }
});

test('what waits for a permit says so until it is repaid', () => {
  expect(lineOf({ records: [refused] })).toMatchObject([{ notRepaid: 'noPermit' }]);
  expect(lineOf({ records: [refused] }, [shown])[0]).toMatchObject({ notRepaid: null });
});

test('a make-good of another day does not stand on the line', () => {
  expect(lineOf({ isToday: () => false }, [shown])).toMatchObject([{ repaidAtMs: null }]);
});
