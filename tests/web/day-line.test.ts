import { expect, test } from 'vitest';
import type { Session } from '#schemas/playlist.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { type DayFacts, dayLine } from '../../web/features/today/day-line.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 23, 23, 0);
const BULLETIN = '01935000-0000-7000-8000-000000000001';
const ID = plannedSessionId(START);

const session: Session = {
  id: ID,
  startMs: START,
  latestStartMin: 5,
  drill: false,
  priority: 'normal',
  volume: null,
  slots: [
    {
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
    },
  ],
};

/** A boot that began an hour before the session. */
const OFFSET = START - 60 * MINUTE;
const common = {
  v: 1,
  site: 'xa-thu',
  speaker: BULLETIN,
  seq: 1,
  prev: '0'.repeat(64),
  boot: BULLETIN,
  clock: { source: 'server', offsetMs: OFFSET, uncertaintyMs: 20 },
} as const;

const heartbeatAt = (wallMs: number): LogRecord => ({
  ...common,
  posMs: wallMs - OFFSET,
  kind: 'heartbeat',
  openSession: null,
});

const endedAs = (audibleMs: number, of = ID): LogRecord => ({
  ...common,
  posMs: 70 * MINUTE,
  kind: 'ended',
  session: of,
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
  played: { fromMs: 60 * MINUTE, toMs: 70 * MINUTE },
  audible: audibleMs === 0 ? [] : [{ fromMs: 60 * MINUTE, toMs: 60 * MINUTE + audibleMs }],
  outcome: audibleMs === 0 ? 'none' : 'whole',
  reason: null,
  volume: 80,
  measurement: null,
});

const facts = (more: Partial<DayFacts>): DayFacts => ({
  nowMs: START + 30 * MINUTE,
  isToday: () => true,
  playlist: { v: 1, site: 'xa-thu', day: '2026-11-24', sessions: [session] },
  records: [],
  playing: null,
  evidence: [],
  ...more,
});

test.each<{ why: string; state: string; more: Partial<DayFacts> }>([
  { why: 'its time has not come', state: 'planned', more: { nowMs: START - MINUTE } },
  {
    why: 'it sounds',
    state: 'playing',
    more: { nowMs: START + MINUTE, playing: { session: ID, bulletin: null, drill: false } },
  },
  { why: 'the log says that it was heard', state: 'aired', more: { records: [endedAs(MINUTE)] } },
  {
    why: 'the log goes on after it and knows nothing of it',
    state: 'missed',
    more: { records: [heartbeatAt(START + 20 * MINUTE)] },
  },
  {
    why: 'it was played and nobody could hear it',
    state: 'missed',
    more: { records: [endedAs(0), heartbeatAt(START + 20 * MINUTE)] },
  },
  {
    why: 'the log does not reach so far: nothing is claimed',
    state: 'awaited',
    more: { records: [heartbeatAt(START - MINUTE)] },
  },
])('a session is $state when $why', ({ state, more }) => {
  expect(dayLine(facts(more)).map((entry) => entry.state)).toEqual([state]);
});

test('a session by hand stands on the line when it was heard on the day', () => {
  const id = `h-${START}-${BULLETIN}` as const;
  const records = [endedAs(MINUTE, id)];
  const [entry] = dayLine(facts({ playlist: null, records }));
  expect(entry).toMatchObject({ session: id, state: 'aired', isByHand: true, startMs: START });
  expect(dayLine(facts({ playlist: null, records, isToday: () => false }))).toEqual([]);
});

test('what was aired stands where it sounded, not where it was planned', () => {
  const late = { ...endedAs(MINUTE), clock: { ...common.clock, offsetMs: OFFSET + MINUTE } };
  const [entry] = dayLine(facts({ records: [late] }));
  expect(entry).toMatchObject({ state: 'aired', startMs: START + MINUTE, audibleMs: MINUTE });
});

test('what is played by hand has its title while it sounds, before anything of it is recorded', () => {
  const playing = { session: `h-${START}-${BULLETIN}`, bulletin: BULLETIN, drill: true } as const;
  const nowMs = START + MINUTE;
  const [entry] = dayLine(facts({ playlist: null, playing, nowMs }));
  expect(entry).toMatchObject({ state: 'playing', bulletins: [BULLETIN], drill: true });
  expect(entry).toMatchObject({ startMs: START, endMs: nowMs });
});
