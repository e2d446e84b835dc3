import type { Clock } from '#runtime/clock.ts';
import { MAX_CLIP_MS } from './bounds.ts';
import { makeAirable } from './make-airable.ts';
import type { AudioTools } from './ports.ts';
import { probeSource } from './probe-source.ts';
import { verifySource } from './verify-source.ts';

/**
 * Audio tools through the ffmpeg and ffprobe of the system; the clock bounds every run. What lasts
 * longer than `maxClipMs` once it is decoded is refused.
 */
export const createFfmpegAudioTools = (clock: Clock, maxClipMs = MAX_CLIP_MS): AudioTools => ({
  probe: (path) => probeSource(clock, path),
  verify: (candidate) => verifySource(clock, candidate, maxClipMs),
  makeAirable: (job) => makeAirable(clock, job),
});
