import type { ChannelMix } from './ports.ts';

/** RMS levels in dBFS of left, right and their mean; −Infinity is digital silence. */
export type ChannelLevels = {
  readonly leftDb: number;
  readonly rightDb: number;
  readonly meanDb: number;
};

/** A channel this much below the other one is dead. */
const DEAD_CHANNEL_DB = 20;
/** Unrelated channels lose 3 dB in their mean; more than 6 means that they cancel each other. */
const CANCELLING_DB = 6;

const powerOf = (db: number): number => 10 ** (db / 10);

/**
 * How to make one channel of two without losing any sound: a dead channel is left out, and channels
 * of opposite phase are subtracted. Source: PLATFORM.md, opposite phase and one dead channel.
 */
export const chooseChannelMix = ({ leftDb, rightDb, meanDb }: ChannelLevels): ChannelMix => {
  if (leftDb === -Infinity && rightDb === -Infinity) return 'mean';
  if (leftDb - rightDb >= DEAD_CHANNEL_DB) return 'left';
  if (rightDb - leftDb >= DEAD_CHANNEL_DB) return 'right';
  const bothDb = 10 * Math.log10((powerOf(leftDb) + powerOf(rightDb)) / 2);
  return bothDb - meanDb > CANCELLING_DB ? 'difference' : 'mean';
};
