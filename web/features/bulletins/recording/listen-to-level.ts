import { every } from '../../../shared/clock.ts';
import { type Loudness, loudnessOf } from './level.ts';

/** Every reading takes in all that sounded since the one before: 8192 samples are 170 ms at 48 kHz. */
const READ_EVERY_MS = 100;
const SAMPLES = 8192;

/** Tells how loud the stream is, ten times a second, until the answer is called. */
export const listenToLevel = (
  stream: MediaStream,
  onReading: (reading: Loudness) => void,
): (() => void) => {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: SAMPLES });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(SAMPLES);
  const stop = every(READ_EVERY_MS, () => {
    analyser.getFloatTimeDomainData(samples);
    onReading(loudnessOf(samples));
  });
  return () => {
    stop();
    void context.close();
  };
};
