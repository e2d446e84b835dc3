import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EndedRecord } from '#schemas/records/log-record.ts';
import { sessionIdToStartMs } from '#schemas/session.ts';
import { type Logged, loggedBroadcasts, verifyExport } from '#tests/support/evidence.ts';
import { type Difference, type HeardAt, holdAgainst } from './support/hold-against.ts';
import { type Aired, liveSoundDay, type SoundDay } from './support/sound-day.ts';

const DAY_TIMEOUT_MS = 330_000;
/** A clip begins this near to where plan and log have it; the clock's own uncertainty is added. */
const START_BOUND_MS = 150;
/** Recording and log agree on an edge within this: a torn edge may lie in a pause of the speaker. */
const EDGE_BOUND_MS = 400;
/** What a power cut may cost of what sounded. */
const MAX_UNCLAIMED_MS = 5_000;
/** The sound ends this soon after the agent was killed, or told to stop. */
const END_BOUND_MS = 1_000;
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

const isCut = ({ reason }: EndedRecord): boolean => reason === 'powerLoss';

/** Where a log and a recording disagree by more than the bounds. */
const disagreements = (logged: readonly Logged[], heard: readonly HeardAt[]): Difference[] =>
  holdAgainst(logged, heard).filter(({ startErrorMs, inventedMs, unclaimedMs }, index) => {
    const { uncertaintyMs = 0, record, audibleMs = 0 } = logged[index] ?? {};
    const isSilent = startErrorMs === null && audibleMs === 0;
    const lost = record !== undefined && isCut(record) ? MAX_UNCLAIMED_MS : 0;
    return (
      (!isSilent && !(Math.abs(startErrorMs ?? Infinity) <= START_BOUND_MS + uncertaintyMs)) ||
      inventedMs > EDGE_BOUND_MS + uncertaintyMs ||
      unclaimedMs > EDGE_BOUND_MS + uncertaintyMs + lost
    );
  });

/** The clips in the order in which they come, each counted once where it goes on. */
const inOrder = (clips: readonly (string | null)[]): (string | null)[] =>
  clips.filter((clip, index) => clip !== clips[index - 1]);

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

describe('a shortened day of real speech, recorded at the sink', () => {
  test('the log tells which clip sounded, from when, how long and in which order', () => {
    const logged = broadcastsOf(day.killed);
    expect(disagreements(logged, day.killed.heard)).toEqual([]);
    const audible = logged.filter(({ audibleMs }) => audibleMs > 0);
    expect(inOrder(day.killed.heard.map(({ clip }) => clip))).toEqual(
      inOrder(audible.map(({ record }) => record.item.clip)),
    );
    expect(new Set(audible.map(({ record }) => record.item.clip)).size).toBe(4);
  });

  test('each planned clip begins at its second', () => {
    const planned = broadcastsOf(day.killed).filter(
      ({ record }) => record.session.startsWith('p-') && record.outcome === 'whole',
    );
    const held = holdAgainst(planned, day.killed.heard);
    expect(planned.length).toBeGreaterThanOrEqual(day.eve.sessions[1].length);
    for (const [index, { record, fromMs, uncertaintyMs }] of planned.entries()) {
      const heardMs = fromMs + (held[index]?.startErrorMs ?? Number.NaN);
      const plannedMs = sessionIdToStartMs(record.session) + (record.slotOffsetMs ?? Number.NaN);
      expect(Math.abs(heardMs - plannedMs)).toBeLessThanOrEqual(START_BOUND_MS + uncertaintyMs);
    }
  });

  test('a kill in the middle of a clip is silence, and at most what sounded is claimed', () => {
    const { slot, atMs } = day.kill;
    const [cut, ...others] = broadcastsOf(day.killed).filter(({ record }) => isCut(record));
    expect(others).toEqual([]);
    expect(cut?.record).toMatchObject({ session: slot.session, item: { clip: slot.clip } });
    const heard = day.killed.heard.filter(({ fromMs }) => fromMs < atMs).at(-1);
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

  test('what is ordered by hand sounds at once, and is silent when it is stopped', () => {
    const { clip, orderedMs, stoppedMs } = day.byHand;
    const byHand = broadcastsOf(day.killed).filter(({ record }) => record.session.startsWith('h-'));
    expect(byHand.map(({ record }) => record)).toMatchObject([
      { item: { clip }, outcome: 'part', reason: 'stopped', drill: false },
    ]);
    const [heard] = day.killed.heard.filter((each) => each.fromMs > orderedMs);
    expect(heard).toMatchObject({ clip });
    expect(heard?.fromMs).toBeLessThan(orderedMs + ORDER_BOUND_MS);
    expect(heard?.toMs).toBeGreaterThan(stoppedMs - END_BOUND_MS);
    expect(heard?.toMs).toBeLessThan(stoppedMs + END_BOUND_MS);
  });

  test('the verdict counts both occurrences, with the seconds and the records of the log', () => {
    const { verdict, heard } = day.killed;
    expect(verdict).toMatchObject({ verdict: 'met', owed: 2, has: 2, shortfall: { seconds: 0 } });
    const counted = verdict.sessions.filter((session) => session.counted);
    expect(counted.map(({ session }) => session)).toEqual(
      day.eve.sessions.map(([slot]) => slot?.session),
    );
    for (const { session, airtimeMs, broadcasts, timing } of counted) {
      const logged = broadcastsOf(day.killed).filter(({ record }) => record.session === session);
      expect(timing).toBe('onTime');
      expect(broadcasts.map(({ seq }) => seq)).toEqual(logged.map(({ seq }) => seq));
      expect(airtimeMs).toBe(sum(logged.map(({ audibleMs }) => audibleMs)));
      const fromMs = (logged[0]?.fromMs ?? 0) - END_BOUND_MS;
      const toMs = (logged.at(-1)?.toMs ?? 0) + MAX_UNCLAIMED_MS;
      const near = heard.filter((each) => each.fromMs >= fromMs && each.fromMs < toMs);
      const heardMs = sum(near.map((each) => each.toMs - each.fromMs));
      expect(airtimeMs).toBeLessThanOrEqual(heardMs + EDGE_BOUND_MS);
    }
  });

  test.each(['killed', 'deaf', 'listening'] as const)(
    'the server holds each record of the speaker once, signed and chained: %s',
    async (name) => {
      const { log } = day[name];
      const speaker = log.records[0]?.record.speaker ?? '';
      expect(log.findings).toEqual([]);
      expect(log.records.map(({ seq }) => seq)).toEqual(log.records.map((_, index) => index + 1));
      const states = new Set(log.records.map(({ signature, chain }) => `${signature} ${chain}`));
      expect([...states]).toEqual(['right right']);
      const path = join(day.eve.place.folder, `${name}.ndjson`);
      const wanted = { speaker, path, publicKey: log.publicKey };
      // The agent's goodbye may have added a line since.
      const lines = await verifyExport(day.eve.commune.operator, wanted);
      expect(lines).toBeGreaterThanOrEqual(log.records.length);
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
    expect(disagreements(logged, heard)).toEqual([]);
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
