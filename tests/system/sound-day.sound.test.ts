import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOAD_LEAD_MS, WHOLE_WITHIN_MS } from '#core/playback/segment.ts';
import { sessionIdToStartMs } from '#schemas/read-session-id.ts';
import type { EndedRecord } from '#schemas/records/log-record.ts';
import { type Logged, loggedBroadcasts } from '#tests/support/evidence.ts';
import { type Difference, type HeardAt, holdAgainst } from './support/hold-against.ts';
import { type Aired, liveSoundDay, type SoundDay } from './support/sound-day.ts';

const DAY_TIMEOUT_MS = 330_000;
/** A clip begins this near to where plan and log have it; the clock's own uncertainty is added. */
const START_BOUND_MS = 250;
/** Recording and log agree on an edge within this: a torn edge may lie in a pause of the speaker. */
const EDGE_BOUND_MS = 400;
/** On a shared machine one broadcast of a day may stray from the bounds by this much more. */
const STRAY_MS = 600;
const MAX_STRAYS = 1;
/** What a power cut may cost of what sounded. */
const MAX_UNCLAIMED_MS = 5_000;
/** The sound ends this soon after the agent was killed, or told to stop. */
const END_BOUND_MS = 1_000;
/** An agent that was killed sounds again within this. */
const RESTART_BOUND_MS = 15_000;
/** What is ordered by hand begins within this. */
const ORDER_BOUND_MS = 5_000;

let day: SoundDay;
beforeAll(async () => {
  day = await liveSoundDay();
}, DAY_TIMEOUT_MS);
afterAll(() => day?.end());

const broadcastsOf = ({ log }: Aired): Logged[] =>
  loggedBroadcasts(log.records.map(({ record }) => record));

/** The session in which the sinks were muted. */
const mutedSession = (aired: Aired): Logged[] =>
  broadcastsOf(aired).filter(({ record }) => record.session === day.eve.sessions[1][0]?.session);

/** A shorter piece may be a sound that another clip has too. */
const SURE_PIECE_MS = 800;
const isSure = ({ fromMs, toMs }: HeardAt): boolean => toMs - fromMs >= SURE_PIECE_MS;

/** Whether a kill ended it. */
const isCut = ({ reason }: EndedRecord): boolean => reason === 'powerLoss';

/** Where a log and a recording disagree by more than the bounds and `slackMs`. */
const disagreements = (
  logged: readonly Logged[],
  heard: readonly HeardAt[],
  slackMs = 0,
): Difference[] =>
  holdAgainst(logged, heard).filter(({ startErrorMs, inventedMs, unclaimedMs }, index) => {
    const { uncertaintyMs = 0, record, audibleMs = 0 } = logged[index] ?? {};
    const isSilent = startErrorMs === null && audibleMs === 0;
    const lost = record !== undefined && isCut(record) ? MAX_UNCLAIMED_MS : 0;
    const moreMs = uncertaintyMs + slackMs;
    return (
      (!isSilent && !(Math.abs(startErrorMs ?? Infinity) <= START_BOUND_MS + moreMs)) ||
      inventedMs > EDGE_BOUND_MS + moreMs ||
      unclaimedMs > EDGE_BOUND_MS + moreMs + lost
    );
  });

/** The log tells what was heard: every broadcast nearly, and all but one stray within the bounds. */
const expectAgreement = (logged: readonly Logged[], heard: readonly HeardAt[]): void => {
  expect(disagreements(logged, heard, STRAY_MS)).toEqual([]);
  const strays = disagreements(logged, heard);
  if (strays.length > MAX_STRAYS) expect(strays).toEqual([]);
};

/** The clips in the order in which they come, each counted once where it goes on. */
const inOrder = (clips: readonly (string | null)[]): (string | null)[] =>
  clips.filter((clip, index) => clip !== clips[index - 1]);

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

describe('a shortened day of real speech, recorded at the sink', () => {
  test('the log tells which clip sounded, from when, how long and in which order', () => {
    const logged = broadcastsOf(day.killed);
    expectAgreement(logged, day.killed.heard);
    // Of a clip that was cut in its first five seconds nothing is claimed, and yet it was heard.
    const sounded = logged.filter(({ audibleMs, record }) => audibleMs > 0 || isCut(record));
    expect(inOrder(day.killed.heard.filter(isSure).map(({ clip }) => clip))).toEqual(
      inOrder(sounded.map(({ record }) => record.item.clip)),
    );
    const clips = new Set(day.killed.heard.filter(isSure).map(({ clip }) => clip));
    expect(clips).toEqual(new Set(day.eve.bulletins.map(({ clip }) => clip)));
  });

  test('each planned clip begins at its second; after the kill, late by what may still be played whole', () => {
    const planned = broadcastsOf(day.killed).filter(
      ({ record }) => record.session.startsWith('p-') && record.outcome === 'whole',
    );
    const held = holdAgainst(planned, day.killed.heard);
    expect(planned.length).toBeGreaterThanOrEqual(day.eve.sessions[1].length);
    const strays = planned.filter(({ record, fromMs, uncertaintyMs }, index) => {
      const heardMs = fromMs + (held[index]?.startErrorMs ?? Number.NaN);
      const plannedMs = sessionIdToStartMs(record.session) + (record.slotOffsetMs ?? Number.NaN);
      const isAfterKill = record.session === day.kill.slot.session && fromMs > day.kill.atMs;
      const lateMs = isAfterKill ? WHOLE_WITHIN_MS + LOAD_LEAD_MS : 0;
      const boundMs = START_BOUND_MS + uncertaintyMs;
      expect(heardMs - plannedMs).toBeGreaterThanOrEqual(-boundMs - STRAY_MS);
      expect(heardMs - plannedMs).toBeLessThanOrEqual(boundMs + lateMs + STRAY_MS);
      return heardMs - plannedMs < -boundMs || heardMs - plannedMs > boundMs + lateMs;
    });
    expect(strays.length).toBeLessThanOrEqual(MAX_STRAYS);
  });

  test('a kill in the middle of a clip is silence, and at most what sounded is claimed', () => {
    const { slot, atMs } = day.kill;
    const [cut, ...others] = broadcastsOf(day.killed).filter(({ record }) => isCut(record));
    expect(others).toEqual([]);
    expect(cut?.record).toMatchObject({ session: slot.session, item: { clip: slot.clip } });
    const heard = day.killed.heard.filter(({ fromMs }) => fromMs < atMs).findLast(isSure);
    const heardMs = (heard?.toMs ?? 0) - (cut?.fromMs ?? 0);
    expect(heard).toMatchObject({ clip: slot.clip });
    expect(heard?.toMs).toBeLessThan(atMs + END_BOUND_MS);
    expect(heard?.toMs).toBeGreaterThan(atMs - END_BOUND_MS);
    expect(cut?.toMs).toBeLessThanOrEqual(atMs + START_BOUND_MS + (cut?.uncertaintyMs ?? 0));
    expect(cut?.audibleMs).toBeGreaterThanOrEqual(heardMs - MAX_UNCLAIMED_MS - START_BOUND_MS);
    const boots = day.killed.log.records.map(({ record }) => record);
    expect(boots.filter(({ kind }) => kind === 'boot')).toMatchObject([
      { cause: 'first' },
      { cause: 'powerLoss' },
    ]);
  });

  test('the session goes on where it would be, unless it is over before the agent is back', () => {
    const [first] = day.eve.sessions;
    const last = first.at(-1);
    const restMs = (last?.atMs ?? 0) + (last?.durationMs ?? 0) - day.kill.atMs;
    const rest = broadcastsOf(day.killed).filter(
      ({ record, fromMs }) => record.session === last?.session && fromMs > day.kill.atMs,
    );
    expect(rest.length > 0 || restMs < RESTART_BOUND_MS).toBe(true);
    for (const { record } of rest) expect([null, 'joinedLate']).toContain(record.reason);
  });

  test('what is ordered by hand sounds at once, and is silent when it is stopped', () => {
    const { clip, orderedMs, stoppedMs } = day.byHand;
    const byHand = broadcastsOf(day.killed).filter(({ record }) => record.session.startsWith('h-'));
    expect(byHand.map(({ record }) => record)).toMatchObject([
      { item: { clip }, outcome: 'part', reason: 'stopped', drill: false },
    ]);
    const untilMs = (day.eve.sessions[1][0]?.atMs ?? 0) - END_BOUND_MS;
    const heard = day.killed.heard.filter(({ fromMs }) => fromMs > orderedMs && fromMs < untilMs);
    const first = heard.find(isSure);
    expect(first).toMatchObject({ clip });
    expect(first?.fromMs).toBeLessThan(orderedMs + ORDER_BOUND_MS);
    // A hole in the recording of a crowded machine makes two pieces of what sounded.
    const last = heard.findLast((piece) => piece.clip === clip);
    expect(last?.toMs).toBeGreaterThan(stoppedMs - END_BOUND_MS);
    expect(last?.toMs).toBeLessThan(stoppedMs + END_BOUND_MS);
  });

  test('the verdict counts both occurrences, with the seconds and the records of the log', () => {
    const { verdict, heard } = day.killed;
    expect(verdict).toMatchObject({ verdict: 'met', owed: 2, has: 2, shortfall: { seconds: 0 } });
    const counted = verdict.sessions.filter((session) => session.counted);
    expect(counted.map(({ session }) => session)).toEqual(
      day.eve.sessions.map(([slot]) => slot?.session),
    );
    const { orderedMs } = day.byHand;
    const heardIn = [
      heard.filter(({ fromMs }) => fromMs < orderedMs),
      heard.filter(({ fromMs }) => fromMs > (day.eve.sessions[1][0]?.atMs ?? 0) - END_BOUND_MS),
    ].map((parts) => sum(parts.map(({ fromMs, toMs }) => toMs - fromMs)));
    for (const [index, { session, airtimeMs, broadcasts, timing }] of counted.entries()) {
      const logged = broadcastsOf(day.killed).filter(({ record }) => record.session === session);
      const lostMs = logged.some(({ record }) => isCut(record)) ? MAX_UNCLAIMED_MS : 0;
      expect(timing).toBe('onTime');
      expect(broadcasts.map(({ seq }) => seq)).toEqual(logged.map(({ seq }) => seq));
      expect(airtimeMs).toBe(sum(logged.map(({ audibleMs }) => audibleMs)));
      expect(airtimeMs).toBeLessThanOrEqual((heardIn[index] ?? 0) + EDGE_BOUND_MS);
      expect(airtimeMs).toBeGreaterThanOrEqual((heardIn[index] ?? 0) - EDGE_BOUND_MS - lostMs);
    }
  });

  test.each(['killed', 'deaf', 'listening'] as const)(
    'the server holds each record of the speaker once, signed and chained: %s',
    (name) => {
      const { log, verified } = day[name];
      expect(log.findings).toEqual([]);
      expect(log.records.map(({ seq }) => seq)).toEqual(log.records.map((_, index) => index + 1));
      const states = new Set(log.records.map(({ signature, chain }) => `${signature} ${chain}`));
      expect([...states]).toEqual(['right right']);
      expect(verified).toBe(log.records.length);
    },
  );
});

describe('a sink that is muted in mid-session', () => {
  test('disagrees with a log that is made from commands alone', () => {
    const { heard } = day.deaf;
    const logged = mutedSession(day.deaf);
    expect(logged.map(({ record }) => record.outcome)).toEqual(logged.map(() => 'whole'));
    expect(disagreements(logged, heard).length).toBeGreaterThan(0);
    const inventedMs = sum(holdAgainst(logged, heard).map((each) => each.inventedMs));
    const mutedMs = day.mute.toMs - day.mute.fromMs;
    expect(Math.abs(inventedMs - mutedMs)).toBeLessThan(END_BOUND_MS);
  });

  test('agrees with the log of a speaker that listens to it, which names the silence', () => {
    const { heard, verdict } = day.listening;
    const logged = mutedSession(day.listening);
    expectAgreement(logged, heard);
    const silent = logged.filter(({ record }) => record.reason === 'silentSpeaker');
    expect(silent.length).toBeGreaterThanOrEqual(2);
    expect(silent.some(({ record }) => record.outcome === 'none')).toBe(true);
    for (const { record } of silent) {
      expect(record.measurement?.method).toBe('capture');
      expect(record.measurement?.silentMs).toBeGreaterThan(0);
    }
    const judged = verdict.sessions.find(({ session }) => session === logged[0]?.record.session);
    expect(judged?.airtimeMs).toBeLessThanOrEqual(sum(logged.map(({ audibleMs }) => audibleMs)));
  });
});
