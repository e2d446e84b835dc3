import type { DayTable, LocalDayRow } from '#core/local-time.ts';
import type { LocalDay } from '#schemas/primitives.ts';

/** The most days one table may hold: ten years. */
export const MAX_TABLE_DAYS = 3660;
const LOCAL_TEXT = /^2[01]\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/;

/** Whether this runtime knows the zone. */
export const isKnownZone = (zone: string): boolean => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    // Temporal says "unknown" by throwing.
    return false;
  }
};

/** The local day of an instant in a zone. */
export const localDayAt = (instantMs: number, zone: string): LocalDay =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(instantMs))
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();

/** The day `days` after (or, negative, before) a local day. */
export const addDays = (day: LocalDay, days: number): LocalDay =>
  Temporal.PlainDate.from(day).add({ days }).toString();

/** ISO 8601 with the zone's offset at that instant, to the millisecond. */
export const instantToIso = (instantMs: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(instantMs))
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: 'never', fractionalSecondDigits: 3 });

/** The instant of an ISO 8601 text with offset or `Z`; undefined when it is none, or before 1970. */
export const isoToInstant = (text: string): number | undefined => {
  try {
    const { epochMilliseconds } = Temporal.Instant.from(text);
    return epochMilliseconds < 0 ? undefined : epochMilliseconds;
  } catch {
    // Temporal says "no instant" by throwing.
    return undefined;
  }
};

/**
 * The instant of a local wall time as `YYYY-MM-DDTHH:MM`, with seconds or without; undefined when it is
 * none of these centuries. A time that the zone skips or repeats is taken as Temporal does by default.
 */
export const localTextToInstant = (text: string, zone: string): number | undefined => {
  if (!LOCAL_TEXT.test(text)) return undefined;
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    // Temporal says "no such time" by throwing.
    return undefined;
  }
};

/**
 * The table of `count` local days from `first` on, with every change of offset inside them. Throws a
 * RangeError when `count` is not between 1 and `MAX_TABLE_DAYS`, or the zone is unknown.
 */
export const createDayTable = (zone: string, first: LocalDay, count: number): DayTable => {
  if (count < 1 || count > MAX_TABLE_DAYS) throw new RangeError('day table size');
  const start = Temporal.PlainDate.from(first);
  return Array.from({ length: count }, (_, index) => dayRow(zone, start.add({ days: index })));
};

const dayRow = (zone: string, date: Temporal.PlainDate): LocalDayRow => {
  const from = date.toZonedDateTime(zone);
  const endMs = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  const offsets: { fromMs: number; offsetMs: number }[] = [];
  let at: Temporal.ZonedDateTime | null = from;
  while (at !== null && at.epochMilliseconds < endMs) {
    offsets.push({ fromMs: at.epochMilliseconds, offsetMs: at.offsetNanoseconds / 1_000_000 });
    at = at.getTimeZoneTransition('next');
  }
  const startMs = from.epochMilliseconds;
  return { day: date.toString(), startMs, endMs, offsets, weekday: date.dayOfWeek };
};
