import type { EndedRecord } from '#schemas/records/log-record.ts';
import type { LogLine } from './dating.ts';

/** The line of an `ended` record: what sounded, with its date. */
export interface Sound extends LogLine {
  readonly record: EndedRecord;
}

/** Whether the line says that something sounded. */
export const isSound = (line: LogLine): line is Sound => line.record.kind === 'ended';

/** A real emergency: a drill of one is a drill. Source: AIRTIME.md, 4. */
export const isEmergency = ({ record }: Sound): boolean =>
  record.item.priority === 'emergency' && !record.drill;

/** Whether the sound has a date, and not one after the instant of judging. */
export const isDated = ({ offsetMs, afterInstant }: Sound): boolean =>
  offsetMs !== null && !afterInstant;

/** Whether the sound may earn airtime. Source: AIRTIME.md, 2 and 3. */
export const canEarn = (sound: Sound): boolean =>
  isDated(sound) && !sound.record.drill && sound.record.item.priority !== 'emergency';

/** The wall instant at which the sound was first audible; undefined when it never was, or undated. */
export const firstHeardMs = ({ audible, offsetMs }: Sound): number | undefined => {
  const first = audible[0];
  return first === undefined || offsetMs === null ? undefined : first.fromMs + offsetMs;
};
