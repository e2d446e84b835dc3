import { lastReportMs } from '#core/preflight/judge-preflight.ts';
import { lookAhead } from '#core/preflight/look-ahead.ts';
import type { Timer } from '#runtime/clock.ts';
import { addDays, createDayTable, localDayAt } from '#runtime/day-table.ts';
import { PREFLIGHT_DAYS, type Preflight } from '#schemas/preflight.ts';
import type { ClipCache } from '../cache/clip-cache.ts';
import type { TrustedClock } from '../clock/trusted-clock.ts';
import type { Received } from '../link/received.ts';
import type { Recording } from '../log/recording.ts';
import type { AgentPorts } from '../ports/agent-ports.ts';
import { createEveningRecord } from './evening-record.ts';

/** How often it is looked what is missing, and how soon after the start, in milliseconds. */
const LOOK_EVERY_MS = 600_000;
const FIRST_LOOK_MS = 60_000;

/** Keeps the newest report on what is missing for the next fourteen days. */
export interface PreflightKeeper {
  /** Null until there was a trusted clock, and a first look. */
  newest(): Preflight | null;
  stop(): void;
}

export interface PreflightKeeperOptions {
  readonly ports: Pick<AgentPorts, 'clock' | 'disk' | 'folder' | 'grant'>;
  readonly trusted: TrustedClock;
  readonly received: Received;
  readonly cache: Pick<ClipCache, 'has'>;
  readonly recording: Pick<Recording, 'log' | 'writer'>;
  readonly track: (work: Promise<unknown>) => void;
  /** There is a new report. */
  readonly onReport: () => void;
}

/**
 * A report is made anew each evening in time for 20:00 local time, and when something else is
 * missing than before; the evening's stands in the log, too, signed as every record. Without a trusted clock there is none: health says so.
 */
export const createPreflightKeeper = (options: PreflightKeeperOptions): PreflightKeeper => {
  const { clock } = options.ports;
  const record = createEveningRecord(options.recording);
  let newest: Preflight | null = null;
  let timer: Timer | undefined;
  let isStopped = false;
  const look = async () => {
    const next = await lookNow(options);
    if (isStopped || next === null) return;
    await record(next, zoneOf(options));
    if (newest !== null && !isEveningSince(newest, next, options) && isSame(newest, next)) return;
    newest = next;
    options.onReport();
  };
  const planIn = (ms: number) => {
    timer = clock.at(clock.positionMs() + ms, () => {
      planIn(LOOK_EVERY_MS);
      options.track(look());
    });
  };
  planIn(FIRST_LOOK_MS);
  return {
    newest: () => newest,
    stop: () => {
      isStopped = true;
      timer?.cancel();
    },
  };
};

const lookNow = async (options: PreflightKeeperOptions): Promise<Preflight | null> => {
  const { ports, trusted, received, cache } = options;
  const nowMs = trusted.nowMs();
  if (nowMs === null) return null;
  const day = localDayAt(nowMs, zoneOf(options));
  const ahead = lookAhead({
    days: Array.from({ length: PREFLIGHT_DAYS }, (_, index) => addDays(day, index)),
    playlists: received.pointer.value()?.days ?? {},
    documents: received.plans.documents(),
    hasClip: cache.has,
  });
  const { source, uncertaintyMs } = trusted.state();
  const disk = await ports.disk.space(ports.folder);
  return { madeMs: Math.floor(nowMs), day, ...ahead, disk, clock: { source, uncertaintyMs } };
};

const zoneOf = ({ received, ports }: PreflightKeeperOptions): string =>
  received.limits.value()?.zone ?? ports.grant.zone;

const isEveningSince = (
  before: Preflight,
  next: Preflight,
  options: PreflightKeeperOptions,
): boolean => {
  const table = createDayTable(zoneOf(options), addDays(next.day, -1), 2);
  const eveningMs = lastReportMs(table, next.madeMs);
  return eveningMs !== null && before.madeMs < eveningMs;
};

/** Whether both say that the same is missing; the days move on every midnight and are not compared. */
const isSame = (a: Preflight, b: Preflight): boolean => missingOf(a) === missingOf(b);

const missingOf = (preflight: Preflight): string =>
  JSON.stringify([
    preflight.unplannedDays,
    preflight.missingPlaylists,
    preflight.missingClips.map(({ sha256 }) => sha256),
    preflight.missingClipCount,
    preflight.clock.source,
  ]);
