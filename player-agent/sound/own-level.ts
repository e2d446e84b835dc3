import * as z from 'zod';

/** The label of the filter by which mpv measures its own sound. */
const LABEL = 'level';
const KEY = 'lavfi.astats.Overall.RMS_level';

/** Measures some 0.2 s at a time and changes nothing. Source: ffmpeg-filters(1), astats. */
export const levelFilter = `@${LABEL}:lavfi=[astats=metadata=1:reset=8:measure_perchannel=none:measure_overall=RMS_level]`;
/** The property of mpv that holds the filter's last word. */
export const levelProperty = `af-metadata/${LABEL}`;

const metadataSchema = z.object({ [KEY]: z.string() });

/**
 * The mean square that leaves mpv, 1 for full scale, from the filter's word; null when it has none.
 * mpv's volume comes behind the filter and is cubic.
 */
export const ownMeanSquare = (metadata: unknown, volume: number): number | null => {
  const level = metadataSchema.safeParse(metadata).data?.[KEY];
  if (level === undefined) return null;
  const meanSquare = level === '-inf' ? 0 : 10 ** (Number(level) / 10);
  return Number.isFinite(meanSquare) ? meanSquare * (volume / 100) ** 6 : null;
};
