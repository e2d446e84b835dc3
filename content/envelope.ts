import { createReadStream } from 'node:fs';
import { MAX_PEAKS, PEAK_TOP } from '#schemas/making.ts';

/** The rate of the mono samples, 16 bit, that an envelope is read from. */
export const ENVELOPE_RATE_HZ = 8000;
/** How long the parts are whose levels are told. */
export const FRAME_MS = 10;
const FRAME_SAMPLES = (ENVELOPE_RATE_HZ * FRAME_MS) / 1000;
const FULL_SCALE = 32_768;

/** A recording in frames of `FRAME_MS`: mean power and highest sample of each, 1 is full scale. */
export type Envelope = {
  readonly powers: readonly number[];
  readonly peaks: readonly number[];
};

/** The envelope of a file of samples, 16 bit little-endian; a last frame that is not full counts. */
export const readEnvelope = async (path: string): Promise<Envelope> => {
  const powers: number[] = [];
  const peaks: number[] = [];
  let [sum, peak, samples] = [0, 0, 0];
  const close = (): void => {
    powers.push(sum / samples);
    peaks.push(peak);
    [sum, peak, samples] = [0, 0, 0];
  };
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = bytes.length & ~1;
    for (let at = 0; at < end; at += 2) {
      const value = bytes.readInt16LE(at) / FULL_SCALE;
      sum += value * value;
      peak = Math.max(peak, Math.abs(value));
      samples += 1;
      if (samples === FRAME_SAMPLES) close();
    }
    rest = bytes.subarray(end);
  }
  if (samples > 0) close();
  return { powers, peaks };
};

/** The picture of an envelope: at most `MAX_PEAKS` bars of equal length, the tallest `PEAK_TOP`. */
export const envelopeToPeaks = ({ peaks }: Envelope): readonly number[] => {
  const bars = Math.min(MAX_PEAKS, peaks.length);
  const heights = Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / bars);
    const to = Math.floor(((bar + 1) * peaks.length) / bars);
    return peaks.slice(from, to).reduce((most, each) => Math.max(most, each), 0);
  });
  const top = heights.reduce((most, each) => Math.max(most, each), 0);
  return heights.map((height) => (top === 0 ? 0 : Math.round((height / top) * PEAK_TOP)));
};

/** Softer than any room is digital silence, which says nothing of the noise elsewhere. */
const DIGITAL_SILENCE = 1e-8;
const QUIET_SHARE = 0.1;
/** The filter's scale is that of noise over the whole range of the clip's rate, six times as wide. */
const WIDER_RANGE_DB = 10;
const [LOWEST_FLOOR_DB, HIGHEST_FLOOR_DB] = [-80, -20];
/** No noise is nearer to the voice: what is, is the voice. */
const BELOW_VOICE_DB = 12;

/**
 * How loud the steady noise behind a voice of `loudnessLufs` is, on the scale of the noise filter,
 * in dB: what the softest tenth of the recording does not pass.
 */
export const noiseFloorDb = ({ powers }: Envelope, loudnessLufs: number): number => {
  const heard = powers.filter((power) => power > DIGITAL_SILENCE).toSorted((a, b) => a - b);
  const quiet = heard[Math.floor(heard.length * QUIET_SHARE)] ?? 0;
  const db = Math.min(10 * Math.log10(quiet) + WIDER_RANGE_DB, loudnessLufs - BELOW_VOICE_DB);
  return Math.min(HIGHEST_FLOOR_DB, Math.max(LOWEST_FLOOR_DB, db));
};
