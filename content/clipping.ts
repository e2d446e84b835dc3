import { MAX_CLIPPED_SHARE } from './bounds.ts';
import type { FfmpegReport } from './ffmpeg-report.ts';

/** What never comes near full scale touches its own peak often, and is not clipped. */
const MIN_CLIPPED_PEAK_DB = -12;
/**
 * Tops that were cut off are flat for four samples and more: 20 dB are ten of them. A whistle or a siren
 * touches its peak often, and as coarsely as a telephone writes it for two or three.
 */
const MIN_FLAT_DB = 12;

const peaksOf = (stats: ReadonlyMap<string, number>): number => {
  const isLoud = (stats.get('Peak level dB') ?? -Infinity) >= MIN_CLIPPED_PEAK_DB;
  const isFlat = (stats.get('Flat factor') ?? -Infinity) >= MIN_FLAT_DB;
  return isLoud && isFlat ? (stats.get('Peak count') ?? 0) : 0;
};

/**
 * Which per cent of the `samples` that each channel has stand at the peak of the worst one, where they
 * are so many that the waves have lost their tops for good; else null.
 */
export const findClipping = ({ statsByChannel }: FfmpegReport, samples: number): number | null => {
  const share = Math.max(0, ...[...statsByChannel.values()].map(peaksOf)) / samples;
  return share < MAX_CLIPPED_SHARE ? null : Math.round(share * 100);
};
