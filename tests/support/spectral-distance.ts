import { correlate, spectrumOf, transform } from './fourier.ts';

const FRAME = 1024;
const HOP = 512;
/** 8 kHz at 48 kHz: what a horn loudspeaker gives back of a voice. */
const BINS = Math.floor((8000 / 48_000) * FRAME);
/** Frames softer than this below the loudest are pauses, whose spectrum says nothing. */
const PAUSE_DB = -45;
const FLOOR_DB = -60;
const SEARCHED = 2 ** 16;

/** By how many samples `after` comes later than `before`, from their beginnings. */
const lagOf = (before: Float32Array, after: Float32Array): number => {
  const size = 2 * SEARCHED;
  const window = spectrumOf(before.subarray(0, SEARCHED), size);
  const found = correlate(window, spectrumOf(after.subarray(0, SEARCHED), size));
  const best = found.reduce((most, value, at) => (value > (found[most] ?? 0) ? at : most), 0);
  return best < SEARCHED ? best : best - size;
};

const powersAt = (samples: Float32Array, from: number): Float64Array => {
  const re = Float64Array.from({ length: FRAME }, (_, at) => {
    const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / FRAME);
    return (samples[from + at] ?? 0) * hann;
  });
  const im = new Float64Array(FRAME);
  transform(re, im);
  return re.subarray(0, BINS).map((value, bin) => value ** 2 + (im[bin] ?? 0) ** 2);
};

const totalOf = (powers: Float64Array): number => powers.reduce((sum, power) => sum + power, 0);

const distanceOf = (before: Float64Array, after: Float64Array): number => {
  const floor = (totalOf(before) / BINS) * 10 ** (FLOOR_DB / 10);
  const squares = before.map((power, bin) => {
    const db = 10 * Math.log10((power + floor) / ((after[bin] ?? 0) + floor));
    return db ** 2;
  });
  return Math.sqrt(totalOf(squares) / BINS);
};

/**
 * The mean log-spectral distance of a sound from what it was made of, in dB, up to 8 kHz, aligned by
 * correlation, over the frames in which somebody speaks; both are samples at 48 kHz.
 */
export const logSpectralDistanceDb = (before: Float32Array, after: Float32Array): number => {
  const lag = lagOf(before, after);
  const frames = Math.floor((before.length - FRAME) / HOP);
  const spectra = Array.from({ length: frames }, (_, frame) => powersAt(before, frame * HOP));
  const loudest = Math.max(...spectra.map(totalOf));
  const distances = spectra.flatMap((powers, frame) =>
    totalOf(powers) < loudest * 10 ** (PAUSE_DB / 10)
      ? []
      : [distanceOf(powers, powersAt(after, frame * HOP + lag))],
  );
  return distances.reduce((sum, each) => sum + each, 0) / distances.length;
};
