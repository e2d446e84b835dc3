import type { Id, Interval, Priority } from '#schemas/primitives.ts';
import {
  type EndedRecord,
  GENESIS_HASH,
  type LogRecord,
  type RecordBody,
} from '#schemas/records/log-record.ts';
import type { EndReason } from '#schemas/records/reasons.ts';
import type { SessionId } from '#schemas/session.ts';
import { bulletin, campaign, id } from './ids.ts';

/** One item as a test tells it; instants are wall time by the offset in force. */
export interface ToldItem {
  readonly session: SessionId;
  readonly fromMs: number;
  readonly toMs: number;
  readonly audible?: readonly Interval[];
  readonly campaigns?: readonly Id[];
  readonly priority?: Priority;
  readonly drill?: boolean;
  readonly volume?: number;
  readonly outcome?: EndedRecord['outcome'];
  readonly reason?: EndReason;
  readonly measurement?: EndedRecord['measurement'];
  /** How far into the item it was begun; the record does not say it if not told. */
  readonly skippedMs?: number;
  /** When the record was written; at the item's end if not told. */
  readonly writtenMs?: number;
}

/** Writes a speaker's log as an agent would, by wall time; `skip` loses the next number. */
export const createLogWriter = (speaker: Id) => {
  const records: LogRecord[] = [];
  let seq = 0;
  let boots = 0;
  let boot = id(900);
  let offsetMs = 0;
  const write = (wallMs: number, body: RecordBody): void => {
    seq += 1;
    const posMs = Math.max(0, wallMs - offsetMs);
    const clock = { source: 'server', offsetMs, uncertaintyMs: 0 } as const;
    const common = { v: 1, site: 'lang-thu', prev: GENESIS_HASH } as const;
    records.push({ ...common, speaker, seq, boot, posMs, clock, ...body });
  };
  const writer = {
    records,
    /** A boot whose position 0 is at `wallMs`; it has no anchor yet. */
    bootOnly: (wallMs: number, cause: 'first' | 'cleanStop' | 'powerLoss' = 'powerLoss') => {
      boots += 1;
      boot = id(900 + boots);
      offsetMs = wallMs;
      const previousBoot = boots === 1 ? null : id(899 + boots);
      write(wallMs, { kind: 'boot', cause, previousBoot, agentVersion: '1', tornLine: false });
      return writer;
    },
    /** The clock is set: what the speaker held for `beliefMs` is `wallMs`. */
    anchor: (wallMs: number, beliefMs = wallMs) => {
      const posMs = beliefMs - offsetMs;
      offsetMs = wallMs - posMs;
      const anchor = { posMs, wallMs, uncertaintyMs: 5, source: 'server' } as const;
      write(wallMs, { kind: 'clock', anchor });
      return writer;
    },
    boot: (wallMs: number, cause: 'first' | 'cleanStop' | 'powerLoss' = 'powerLoss') =>
      writer.bootOnly(wallMs, cause).anchor(wallMs),
    beat: (wallMs: number, openSession: SessionId | null = null) => {
      write(wallMs, { kind: 'heartbeat', openSession });
      return writer;
    },
    refuse: (wallMs: number, session: SessionId) => {
      const what = { what: 'session', clip: null, bulletin: null } as const;
      write(wallMs, { kind: 'refused', reason: 'clockUntrusted', session, ...what });
      return writer;
    },
    item: (told: ToldItem) => {
      write(told.writtenMs ?? told.toMs, endedBody(told, offsetMs));
      return writer;
    },
    skip: () => {
      seq += 1;
      return writer;
    },
  };
  return writer;
};

const endedBody = (told: ToldItem, offsetMs: number): RecordBody => {
  const toPosition = (part: Interval): Interval => ({
    fromMs: part.fromMs - offsetMs,
    toMs: part.toMs - offsetMs,
  });
  const played = { fromMs: told.fromMs, toMs: told.toMs };
  return {
    kind: 'ended',
    session: told.session,
    playlist: null,
    slotOffsetMs: null,
    ...(told.skippedMs !== undefined && { skippedMs: told.skippedMs }),
    item: {
      kind: 'live',
      clip: null,
      durationMs: null,
      bulletin,
      campaigns: [...(told.campaigns ?? [campaign])],
      role: 'bulletin',
      priority: told.priority ?? 'normal',
    },
    drill: told.drill ?? false,
    played: toPosition(played),
    audible: (told.audible ?? [played]).map(toPosition),
    outcome: told.outcome ?? 'whole',
    reason: told.reason ?? null,
    volume: told.volume ?? 80,
    measurement: told.measurement ?? null,
  };
};
