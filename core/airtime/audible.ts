import type { Interval } from '#schemas/primitives.ts';
import type { EndedRecord, LogRecord } from '#schemas/records/log-record.ts';
import { clipTo, unionOf } from './intervals.ts';

const nothing: readonly Interval[] = [];

/**
 * The positions at which an item could be heard, ascending and disjoint. Nothing, when the volume was
 * 0, when the player gave nothing out (`none`), or when the output was measured silent over the whole
 * length; what lies outside `played` is not believed, and what is empty or ends before it starts is
 * left out. Source: AIRTIME.md, 2.
 */
export const audibleOf = (record: LogRecord): readonly Interval[] => {
  if (record.kind !== 'ended' || record.volume === 0 || record.outcome === 'none') return nothing;
  if (isMeasuredSilent(record)) return nothing;
  const { audible, played } = record;
  return isTidy(audible, played) ? audible : unionOf(clipTo(audible, played));
};

const isMeasuredSilent = ({ measurement, played }: EndedRecord): boolean =>
  measurement !== null && measurement.silentMs >= played.toMs - played.fromMs;

/** Whether the parts are what the union of what lies inside the window would be, as they nearly always are. */
const isTidy = (parts: readonly Interval[], window: Interval): boolean => {
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const { fromMs, toMs } of parts) {
    if (fromMs <= lastMs || toMs <= fromMs || fromMs < window.fromMs) return false;
    lastMs = toMs;
  }
  return lastMs <= window.toMs;
};
