import { MINUTE_MS } from '#core/local-time.ts';
import { afterSound, type Continuous, PAUSE_MS } from '#core/playback/interlocks.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { createDayLog } from '../make-good/day-log.ts';
import type { DirectorPorts } from './director-ports.ts';
import type { View } from './view.ts';

/** What the records say has sounded last without a pause, in epoch milliseconds. */
export const continuousInLog = (log: readonly LogRecord[]): Continuous => {
  let continuous: Continuous = null;
  for (const record of log) {
    const { offsetMs } = record.clock;
    if (record.kind !== 'ended' || offsetMs === null) continue;
    const { fromMs, toMs } = record.played;
    if (toMs <= fromMs) continue;
    continuous = afterSound(continuous, { fromMs: fromMs + offsetMs, toMs: toMs + offsetMs });
  }
  return continuous;
};

/**
 * What sounded without a pause up to this run, in epoch milliseconds: who switches the box off and on
 * does not begin to count anew.
 */
export const readEarlierSound = async (
  { log }: Pick<DirectorPorts, 'log'>,
  { nowMs, limits }: View,
): Promise<Continuous> => {
  const reachMs = limits.maxContinuousMin * MINUTE_MS + PAUSE_MS;
  return continuousInLog((await createDayLog(log).since(nowMs - reachMs)) ?? []);
};
