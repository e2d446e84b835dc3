import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Extent, extentAround } from './clip-extent.ts';
import { createReference, energyOf, type Reference, searchWindow } from './clip-search.ts';
import { RECORDING_RATE, type Recorded } from './sink-recording.ts';

const run = promisify(execFile);

/** Everything is compared at this rate, mono. */
const RATE = 8_000;
/** Half a sample of offset, which cannot be found, turns higher tones against each other. */
const BELOW_2_KHZ = 'lowpass=f=1800,lowpass=f=1800';
const MAX_DECODED_BYTES = 512 * 1024 * 1024;
/** A clip is found by windows of half a second, a quarter of a second apart. */
const WINDOW = RATE / 2;
const HOP = RATE / 4;
const LEAST_SCORE = 0.7;
const LEAST_LENGTH = RATE / 10;
/** Below −55 dB of full scale a window holds nothing to be found. */
const QUIET_WINDOW_ENERGY = WINDOW * 10 ** -5.5;
/** What a crowded machine loses of a clip in the middle does not make two of it. */
const MAX_BREAK_MS = 300;
const SPAN_FRAME = RATE / 100;

/** A clip, or a part of it, that sounds in a recording: times of the recording and of the clip. */
export interface Heard {
  readonly clip: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly clipFromMs: number;
  /** How alike both are over the whole stretch, up to 1. */
  readonly score: number;
}

const decode = async (path: string, inputOptions: readonly string[]): Promise<Float32Array> => {
  const output = ['-af', BELOW_2_KHZ, '-f', 'f32le', '-ac', '1', '-ar', `${RATE}`, 'pipe:1'];
  const options = { encoding: 'buffer', maxBuffer: MAX_DECODED_BYTES } as const;
  const input = ['-v', 'error', ...inputOptions, '-i', path];
  const { stdout } = await run('ffmpeg', [...input, ...output], options);
  return new Float32Array(new Uint8Array(stdout).buffer, 0, stdout.length >> 2);
};

const decodeRecorded = (recorded: Pick<Recorded, 'path'>): Promise<Float32Array> =>
  decode(recorded.path, ['-f', 's16le', '-ar', `${RECORDING_RATE}`, '-ac', '1']);

const bestExtent = (
  recording: Float32Array,
  references: readonly Reference[],
  { at, least }: { readonly at: number; readonly least: number },
): { reference: Reference; extent: Extent } | null => {
  const window = recording.subarray(at, at + WINDOW);
  if (energyOf(window) < QUIET_WINDOW_ENERGY) return null;
  const extents = searchWindow(window, references, LEAST_SCORE).map((candidate) => {
    const { reference, lag } = candidate;
    const place = { recording, reference, origin: at - lag };
    return { reference, extent: extentAround(place, { near: at, size: WINDOW, least }) };
  });
  const lengthOf = ({ extent }: { extent: Extent }) => extent.to - extent.from;
  return extents.sort((a, b) => lengthOf(b) - lengthOf(a))[0] ?? null;
};

const isSure = ({ from, to, score }: Extent): boolean =>
  to - from >= LEAST_LENGTH && score >= LEAST_SCORE;

const heardOf = (reference: Reference, extent: Extent): Heard => ({
  clip: reference.clip,
  fromMs: (extent.from * 1000) / RATE,
  toMs: (extent.to * 1000) / RATE,
  clipFromMs: ((extent.from - extent.origin) * 1000) / RATE,
  score: extent.score,
});

/** Whether `next` is the same clip going on, but for a crackle. */
const goesOn = (last: Heard, next: Heard): boolean => {
  const lastClipToMs = last.clipFromMs + last.toMs - last.fromMs;
  const isNear = (ms: number) => Math.abs(ms) <= MAX_BREAK_MS;
  const isSame = last.clip === next.clip;
  return isSame && isNear(next.fromMs - last.toMs) && isNear(next.clipFromMs - lastClipToMs);
};

const joinBroken = (heard: readonly Heard[]): Heard[] => {
  const joined: Heard[] = [];
  for (const next of heard) {
    const last = joined.at(-1);
    if (last === undefined || !goesOn(last, next)) joined.push(next);
    else {
      const score = Math.min(last.score, next.score);
      joined[joined.length - 1] = { ...last, toMs: next.toMs, score };
    }
  }
  return joined;
};

/**
 * Which clip sounds where in a recording, in order, to about 20 ms at a torn edge and better than
 * 1 ms at a clip's own beginning and end. `paths` names the clips; times are of the recording, and
 * `recorded.monoMsAt` or `wallMsAt` date them. Silence at a torn edge is given to nobody; breaks of
 * at most 300 ms part nothing.
 */
export const heardClips = async (
  recorded: Pick<Recorded, 'path'>,
  paths: Readonly<Record<string, string>>,
): Promise<Heard[]> => {
  const recording = await decodeRecorded(recorded);
  const references: Reference[] = [];
  for (const [clip, path] of Object.entries(paths)) {
    references.push(createReference(clip, await decode(path, []), WINDOW));
  }
  const heard: Heard[] = [];
  let least = 0;
  for (let at = 0; at + WINDOW <= recording.length; at = Math.max(at + HOP, least)) {
    const best = bestExtent(recording, references, { at, least });
    if (best === null || !isSure(best.extent)) continue;
    heard.push(heardOf(best.reference, best.extent));
    least = best.extent.to;
  }
  return joinBroken(heard);
};

/**
 * The stretches of a recording in which anything sounds, at or above −55 dB of full scale in frames
 * of 10 ms; pauses shorter than `maxPauseMs` do not part them.
 */
export const soundSpans = async (
  recorded: Recorded,
  maxPauseMs: number,
): Promise<{ fromMs: number; toMs: number }[]> => {
  const recording = await decodeRecorded(recorded);
  const spans: { fromMs: number; toMs: number }[] = [];
  for (let at = 0; at + SPAN_FRAME <= recording.length; at += SPAN_FRAME) {
    if (energyOf(recording.subarray(at, at + SPAN_FRAME)) < SPAN_FRAME * 10 ** -5.5) continue;
    const [fromMs, toMs] = [(at * 1000) / RATE, ((at + SPAN_FRAME) * 1000) / RATE];
    const last = spans.at(-1);
    if (last !== undefined && fromMs - last.toMs < maxPauseMs) last.toMs = toMs;
    else spans.push({ fromMs, toMs });
  }
  return spans;
};
