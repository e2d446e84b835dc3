import { correlate, type Spectrum, spectrumOf } from './fourier.ts';

/** A clip that is looked for in a recording. */
export interface Reference {
  readonly clip: string;
  readonly samples: Float32Array;
  readonly spectrum: Spectrum;
  /** Energy of all samples before each index. */
  readonly energyBefore: Float64Array;
}

/** One place where a clip may lie: `lag` is the clip's sample at the window's beginning. */
export interface Candidate {
  readonly reference: Reference;
  readonly lag: number;
  readonly score: number;
}

/** How many places of one clip are tried: phrases are repeated inside a clip. */
const PLACES_PER_CLIP = 3;

export const energyOf = (samples: Float32Array): number =>
  samples.reduce((sum, sample) => sum + sample * sample, 0);

const energyBeforeOf = (samples: Float32Array): Float64Array => {
  const before = new Float64Array(samples.length + 1);
  samples.forEach((sample, index) => {
    before[index + 1] = (before[index] ?? 0) + sample * sample;
  });
  return before;
};

/** Makes a clip ready to be looked for with windows of `windowSize` samples. */
export const createReference = (
  clip: string,
  samples: Float32Array,
  windowSize: number,
): Reference => {
  const size = 2 ** Math.ceil(Math.log2(samples.length + windowSize));
  const spectrum = spectrumOf(samples, size);
  return { clip, samples, spectrum, energyBefore: energyBeforeOf(samples) };
};

/** The correlation of the window with each place of the clip, from −1 to 1. */
const scoresOf = (window: Float32Array, reference: Reference): Float64Array => {
  const size = reference.spectrum.re.length;
  const products = correlate(spectrumOf(window, size), reference.spectrum);
  const windowEnergy = energyOf(window);
  const places = Math.max(0, reference.samples.length - window.length + 1);
  return products.subarray(0, places).map((product, lag) => {
    const { energyBefore } = reference;
    const energy = (energyBefore[lag + window.length] ?? 0) - (energyBefore[lag] ?? 0);
    return energy < windowEnergy * 1e-6 ? 0 : product / Math.sqrt(energy * windowEnergy);
  });
};

const bestLag = (scores: Float64Array): number =>
  scores.reduce((best, score, lag) => (score > (scores[best] ?? -1) ? lag : best), 0);

/** The best places of the window in each clip with at least `leastScore`, best first. */
export const searchWindow = (
  window: Float32Array,
  references: readonly Reference[],
  leastScore: number,
): Candidate[] => {
  const found: Candidate[] = [];
  for (const reference of references) {
    const scores = scoresOf(window, reference);
    for (let place = 0; place < PLACES_PER_CLIP; place += 1) {
      const lag = bestLag(scores);
      const score = scores[lag] ?? 0;
      if (score < leastScore) break;
      found.push({ reference, lag, score });
      scores.fill(-1, Math.max(0, lag - window.length), lag + window.length);
    }
  }
  return found.sort((a, b) => b.score - a.score);
};
