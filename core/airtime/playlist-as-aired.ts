import type { Playlist, Session, Slot } from '#schemas/playlist.ts';
import type { Id, Sha256 } from '#schemas/primitives.ts';
import { GENESIS_HASH, type LogRecord, type RecordBody } from '#schemas/records/log-record.ts';
import type { SessionId } from '#schemas/session.ts';

/** The boot of an imagined airing. */
const AIRED_BOOT: Id = '00000000-0000-7000-8000-000000000000';

/** The volume of an imagined airing where the session names none. */
const AIRED_VOLUME = 100;

/**
 * What a perfect airing would be: `fromMs` is when the speaker is switched on, `toMs` when it gives
 * its last sign of life. For a verdict, both lie outside the judged periods: `fromMs` before the
 * first one's start, `toMs` at or after the last one's end (then also judge with `nowMs` = `toMs`).
 */
export interface PerfectAiring {
  readonly speaker: Id;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The log that a perfect airing of the playlists would leave, ascending: one boot with one anchor,
 * each slot heard whole from its planned start on, and a heartbeat at the end. Lists to be played
 * by hand (`startMs` null) leave nothing. The records are for judging a plan only: unsigned, and
 * `prev` is 64 zeros throughout. Source: AIRTIME.md, 5 ("as if aired exactly as planned").
 */
export const playlistsAsAired = (
  playlists: readonly Playlist[],
  airing: PerfectAiring,
): readonly LogRecord[] => {
  const heard = playlists
    .flatMap((playlist) => playlist.sessions.flatMap((session) => sessionAsHeard(session)))
    .sort((a, b) => endOf(a) - endOf(b));
  const lines = [
    { atMs: airing.fromMs, body: bootBody },
    { atMs: airing.fromMs, body: anchorBody(airing.fromMs) },
    ...heard.map((item) => ({
      atMs: endOf(item),
      body: endedBody(item, airing.fromMs),
    })),
    { atMs: airing.toMs, body: heartbeatBody },
  ];
  const site = playlists[0]?.site ?? 'unnamed';
  return lines.map(({ atMs, body }, index) => ({
    v: 1,
    site,
    speaker: airing.speaker,
    seq: index + 1,
    prev: GENESIS_HASH,
    boot: AIRED_BOOT,
    posMs: atMs - airing.fromMs,
    clock: { source: 'server', offsetMs: airing.fromMs, uncertaintyMs: 0 },
    ...body,
  }));
};

interface HeardSlot {
  readonly session: SessionId;
  readonly drill: boolean;
  readonly volume: number;
  readonly startMs: number;
  readonly slot: Slot;
}

const endOf = (heard: HeardSlot): number => heard.startMs + heard.slot.durationMs;

const sessionAsHeard = (session: Session): HeardSlot[] => {
  const { id, startMs } = session;
  if (id === null || startMs === null) return [];
  return session.slots.map((slot) => ({
    session: id,
    drill: session.drill,
    volume: session.volume ?? AIRED_VOLUME,
    startMs: startMs + slot.offsetMs,
    slot,
  }));
};

const bootBody: RecordBody = {
  kind: 'boot',
  cause: 'first',
  previousBoot: null,
  agentVersion: 'imagined',
  tornLine: false,
};

const anchorBody = (wallMs: number): RecordBody => ({
  kind: 'clock',
  anchor: { posMs: 0, wallMs, uncertaintyMs: 0, source: 'server' },
});

const heartbeatBody: RecordBody = { kind: 'heartbeat', openSession: null };

const endedBody = (heard: HeardSlot, fromMs: number): RecordBody => {
  const { slot } = heard;
  const start = heard.startMs - fromMs;
  const played = { fromMs: start, toMs: start + slot.durationMs };
  const clip: Sha256 | null = slot.clip === null ? null : slot.clip.sha256;
  return {
    kind: 'ended',
    session: heard.session,
    playlist: null,
    slotOffsetMs: slot.offsetMs,
    item: {
      kind: slot.kind,
      clip,
      durationMs: slot.durationMs,
      bulletin: slot.bulletin,
      campaigns: slot.campaigns,
      role: slot.role,
      priority: slot.priority,
    },
    drill: heard.drill,
    played,
    audible: [played],
    outcome: 'whole',
    reason: null,
    volume: heard.volume,
    measurement: null,
  };
};
