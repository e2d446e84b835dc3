import { type AsRunLog, readLog } from '#core/airtime/as-run-log.ts';
import type { Heard } from '#core/airtime/boot-stretches.ts';
import { heardParts } from '#core/airtime/heard-parts.ts';
import { clipTo, lengthOf } from '#core/airtime/intervals.ts';
import { occurrenceOf } from '#core/airtime/occurrences.ts';
import { isDated, isEmergency, type Sound } from '#core/airtime/sounds.ts';
import { type LocalDayRow, rowAt } from '#core/local-time.ts';
import { loggedStarts } from '#core/plan/logged-occurrences.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { sessionIdToStartMs } from '#schemas/read-session-id.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { SessionId } from '#schemas/session.ts';

/** A position of a boot. As the clock stands now, an instant is a position of it + `offsetMs`. */
export interface Resumed {
  readonly boot: number;
  readonly posMs: number;
  readonly offsetMs: number;
}

/** What a speaker's own log says of one day. */
export interface AiredDay {
  /** The planned starts of the day's sessions that qualified under the rule. */
  startsUnder(rule: AirtimeRule): readonly number[];
  /** The day's sessions of which anything was audible, drills too, real emergencies not. */
  readonly heard: ReadonlySet<SessionId>;
  /** How long the day has sounded, in milliseconds, without the sound of these sessions. */
  heardMsWithout(sessions: ReadonlySet<SessionId>): number;
  /** When time was trusted first after the last boot of the day; null on a day without a boot. */
  readonly resumed: Resumed | null;
  /** What of a session counts for the rule; null where an emergency came between. */
  heardOf(session: SessionId, rule: AirtimeRule): readonly Heard[] | null;
  /** Sessions that somebody ended by hand. */
  readonly stopped: ReadonlySet<SessionId>;
  /** The sessions that sounded to repay, by the one that was missed. */
  readonly repaying: ReadonlyMap<SessionId, ReadonlySet<SessionId>>;
}

/** Reads the records as a verdict would. Source: AIRTIME.md, 2 and 3. */
export const readAiredDay = (
  log: readonly LogRecord[],
  row: LocalDayRow,
  nowMs: number,
): AiredDay => {
  const read = readLog(log[0]?.speaker ?? '', log, nowMs);
  const sounds = read.sessions.flatMap((session) => session.sounds);
  const capped = sounds.filter((sound) => isDated(sound) && !isEmergency(sound));
  const isToday = (session: SessionId) => rowAt([row], sessionIdToStartMs(session)) !== undefined;
  const audible = capped.filter((sound) => sound.audible.length > 0);
  const startsByRule = new Map<AirtimeRule, readonly number[]>();
  return {
    startsUnder: (rule) => {
      const starts = startsByRule.get(rule) ?? loggedStarts(read, rule, row);
      startsByRule.set(rule, starts);
      return starts;
    },
    heard: new Set(audible.map(({ record }) => record.session).filter(isToday)),
    heardMsWithout: (sessions) =>
      soundMsOn(
        row,
        audible.filter(({ record }) => !sessions.has(record.session)),
      ),
    resumed: resumedIn(read),
    heardOf: (session, rule) => {
      const logged = read.sessions.find((one) => one.session === session);
      if (logged === undefined) return [];
      if (logged.emergencies.length > 0) return null;
      return occurrenceOf(rule, logged, row).counting;
    },
    stopped: new Set(
      sounds.flatMap(({ record }) => (record.reason === 'stopped' ? [record.session] : [])),
    ),
    repaying: repayingIn(sounds),
  };
};

const resumedIn = ({ boots }: AsRunLog): Resumed | null => {
  const boot = boots.at(-1)?.inherited.boot;
  const parts = boots.filter(({ inherited }) => inherited.boot === boot);
  const lines = parts.flatMap((part) => part.lines);
  const anchored = lines.find(({ record }) => record.kind === 'clock')?.record;
  const offsetMs = lines.at(-1)?.offsetMs ?? null;
  if (boot === undefined || lines[0]?.record.kind !== 'boot') return null;
  if (anchored?.kind !== 'clock' || offsetMs === null) return null;
  return { boot, posMs: anchored.anchor.posMs, offsetMs };
};

const soundMsOn = ({ startMs, endMs }: LocalDayRow, sounds: readonly Sound[]): number =>
  lengthOf(clipTo(heardParts(sounds), { fromMs: startMs, toMs: endMs }));

const repayingIn = (sounds: readonly Sound[]): AiredDay['repaying'] => {
  const found = new Map<SessionId, Set<SessionId>>();
  for (const { record } of sounds) {
    const missed = record.repays?.session;
    if (missed === undefined) continue;
    found.set(missed, (found.get(missed) ?? new Set()).add(record.session));
  }
  return found;
};
