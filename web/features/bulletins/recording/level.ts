/** How loud one short stretch of sound is, in dB of full scale. */
export interface Loudness {
  readonly rmsDbfs: number;
  readonly peakDbfs: number;
}

/** What somebody at the microphone is told. */
export type Level = 'tooQuiet' | 'good' | 'tooLoud';

/** Below it nothing is shown. */
export const FLOOR_DBFS = -60;
/** Samples that reach it are cut off, or nearly so. */
const TOO_LOUD_PEAK_DBFS = -1;
/** Speech whose loudest syllables stay below it would be lifted together with its noise. */
const TOO_QUIET_RMS_DBFS = -38;
/** A verdict looks back so far: people breathe between sentences, and words must not flicker. */
const READINGS_BACK = 30;

const toDbfs = (amplitude: number): number =>
  amplitude === 0 ? FLOOR_DBFS : Math.max(FLOOR_DBFS, 20 * Math.log10(amplitude));

/** The loudness of samples from −1 to 1. */
export const loudnessOf = (samples: Float32Array): Loudness => {
  let peak = 0;
  let sum = 0;
  for (const sample of samples) {
    peak = Math.max(peak, Math.abs(sample));
    sum += sample * sample;
  }
  return {
    rmsDbfs: toDbfs(Math.sqrt(sum / Math.max(1, samples.length))),
    peakDbfs: toDbfs(peak),
  };
};

/**
 * Judges readings as they come, about ten a second: too loud as soon as one is, too quiet when for three
 * seconds none was loud enough, else good. Null until so much has been heard.
 */
export const createLevelJudge = (): ((reading: Loudness) => Level | null) => {
  const readings: Loudness[] = [];
  return (reading) => {
    readings.push(reading);
    if (readings.length > READINGS_BACK) readings.shift();
    if (readings.some(({ peakDbfs }) => peakDbfs >= TOO_LOUD_PEAK_DBFS)) return 'tooLoud';
    if (readings.some(({ rmsDbfs }) => rmsDbfs >= TOO_QUIET_RMS_DBFS)) return 'good';
    return readings.length < READINGS_BACK ? null : 'tooQuiet';
  };
};
