import type { Clock } from '#runtime/clock.ts';
import { makeAirable } from './make-airable.ts';
import type { AudioTools } from './ports.ts';
import { probeSource } from './probe-source.ts';
import { verifySource } from './verify-source.ts';

/** Audio tools through the ffmpeg and ffprobe of the system; the clock bounds every run. */
export const createFfmpegAudioTools = (clock: Clock): AudioTools => ({
  probe: (path) => probeSource(clock, path),
  verify: (candidate) => verifySource(clock, candidate),
  makeAirable: (job) => makeAirable(clock, job),
});
