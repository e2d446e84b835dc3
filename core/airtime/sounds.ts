import type { Interval } from '#schemas/primitives.ts';
import type { EndedRecord, LogRecord } from '#schemas/records/log-record.ts';
import type { LogLine } from './dating.ts';
import { clipTo, unionOf } from './intervals.ts';

/** One `ended` record: what sounded, dated by its line. */
export interface Sound {
  readonly line: LogLine;
  readonly record: EndedRecord;
  /** Positions of the line's boot, ascending and disjoint. */
  readonly audible: readonly Interval[];
}

/** The record as a sound; undefined when it is of another kind. */
export const soundOf = (line: LogLine): Sound | undefined =>
  isEnded(line.record) ? { line, record: line.record, audible: audibleOf(line.record) } : undefined;

const isEnded = (record: LogRecord): record is EndedRecord => record.kind === 'ended';

/**
 * The positions at which the item could be heard. Nothing, when the volume was 0, when the player
 * gave nothing out (`none`), or when the output was measured silent over the whole length; what lies
 * outside `played` is not believed. Source: AIRTIME.md, 2.
 */
const audibleOf = (record: EndedRecord): readonly Interval[] => {
  if (record.volume === 0 || record.outcome === 'none' || isMeasuredSilent(record)) return [];
  return unionOf(clipTo(record.audible, record.played));
};

const isMeasuredSilent = ({ measurement, played }: EndedRecord): boolean =>
  measurement !== null && measurement.silentMs >= played.toMs - played.fromMs;

/** A real emergency: a drill of one is a drill. Source: AIRTIME.md, 4. */
export const isEmergency = ({ record }: Sound): boolean =>
  record.item.priority === 'emergency' && !record.drill;

/** Whether the sound has a date, and not one after the instant of judging. */
export const isDated = ({ line }: Sound): boolean => line.offsetMs !== null && !line.afterInstant;

/** Whether the sound may earn airtime. Source: AIRTIME.md, 2 and 3. */
export const canEarn = (sound: Sound): boolean =>
  isDated(sound) && !sound.record.drill && sound.record.item.priority !== 'emergency';

/** The wall instant at which the sound was first audible; undefined when it never was, or undated. */
export const firstHeardMs = ({ audible, line }: Sound): number | undefined => {
  const first = audible[0];
  return first === undefined || line.offsetMs === null ? undefined : first.fromMs + line.offsetMs;
};
