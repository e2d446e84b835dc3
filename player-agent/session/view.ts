import type { DayTable } from '#core/local-time.ts';
import { quietTimes } from '#core/playback/quiet-times.ts';
import { addDays, createDayTable, localDayAt } from '#runtime/day-table.ts';
import type { SpeakerLimits } from '#schemas/limits.ts';
import type { PlaylistPointer } from '#schemas/pointer.ts';
import type { Interval, LocalDay, Sha256 } from '#schemas/primitives.ts';
import type { Anchor } from '#schemas/records/clock-state.ts';
import type { TrustedClock } from '../clock/trusted-clock.ts';
import type { EmergencyFile } from '../emergency/emergency-file.ts';

/** Everything that decisions are made from at one instant. */
export interface View {
  /** Trusted wall time, whole milliseconds. */
  readonly nowMs: number;
  readonly uncertaintyMs: number;
  /** What is let begin is held against this much, so that it is not cut when uncertainty grows. */
  readonly cautionMs: number;
  readonly anchor: Anchor;
  readonly pointer: Pointed;
  readonly limits: SpeakerLimits;
  readonly table: DayTable;
  readonly quiet: readonly Interval[];
  /** The documents that are named for yesterday, today and tomorrow. */
  readonly planned: readonly Sha256[];
  readonly today: LocalDay;
}

/** What a pointer says that decisions are made from. */
type Pointed = Pick<PlaylistPointer, 'revision' | 'days' | 'orders' | 'withdrawn'>;

/** What an emergency is decided with where no pointer has come yet. */
const pointedNowhere: Pointed = { revision: 0, days: {}, orders: [], withdrawn: [] };

/** Why nothing can be decided. */
export type Silence = 'clockUntrusted' | 'noLimits' | 'nothingOrdered';

interface Calendar {
  readonly today: LocalDay;
  readonly table: DayTable;
  readonly quiet: readonly Interval[];
}

/** How much uncertainty may grow while one item sounds: 100 ppm of forty minutes, in milliseconds. */
const CAUTION_MS = 240;
const DAYS_BEFORE = 2;
const TABLE_DAYS = 6;

/** Looks at the clock and at what was received, over one site's calendar. */
export const createViewer = (held: {
  readonly trusted: TrustedClock;
  readonly pointer: () => PlaylistPointer | null;
  readonly limits: () => SpeakerLimits | null;
  readonly emergencies: Pick<EmergencyFile, 'open'>;
}): (() => View | Silence) => {
  let known: { readonly key: string; readonly calendar: Calendar } | undefined;
  const calendarAt = (limits: SpeakerLimits, nowMs: number): Calendar => {
    const today = localDayAt(nowMs, limits.zone);
    const key = `${limits.zone} ${today} ${limits.revision}`;
    if (known?.key !== key) {
      const table = createDayTable(limits.zone, addDays(today, -DAYS_BEFORE), TABLE_DAYS);
      known = { key, calendar: { today, table, quiet: quietTimes(table, limits.quietHours) } };
    }
    return known.calendar;
  };
  return () => {
    const anchor = held.trusted.anchor();
    const nowMs = held.trusted.nowMs();
    const uncertaintyMs = held.trusted.uncertaintyMs();
    const isUrgent = held.emergencies.open().length > 0;
    const pointer = held.pointer() ?? (isUrgent ? pointedNowhere : null);
    const limits = held.limits();
    if (pointer === null) return 'nothingOrdered';
    if (anchor === null || nowMs === null || uncertaintyMs === null) return 'clockUntrusted';
    if (limits === null) return 'noLimits';
    const calendar = calendarAt(limits, nowMs);
    const planned = [-1, 0, 1].flatMap((days) => pointer.days[addDays(calendar.today, days)] ?? []);
    return {
      nowMs: Math.ceil(nowMs),
      uncertaintyMs,
      cautionMs: uncertaintyMs + CAUTION_MS,
      anchor,
      pointer,
      limits,
      planned,
      ...calendar,
    };
  };
};
