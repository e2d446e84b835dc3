import { ENVELOPE_RATE_HZ } from './envelope.ts';
import type { ChannelMix } from './ports.ts';
import type { Kept } from './trim-ends.ts';

export const CLIP_RATE_HZ = 48_000;
/** The limiter works at four times the rate, so that it sees peaks between samples. */
const LIMITER_RATE_HZ = 4 * CLIP_RATE_HZ;
/** Rumble, wind and hum that no loudspeaker of a commune gives back; no voice reaches so low. */
const HIGH_PASS_HZ = 80;
const SILENCE_DB = -60;
const SILENCE_S = 1;

const MIX_FORMULA: Record<Exclude<ChannelMix, 'only'>, string> = {
  mean: '0.5*c0+0.5*c1',
  difference: '0.5*c0-0.5*c1',
  left: 'c0',
  right: 'c1',
};

/** Any layout becomes floats at the clip's rate in a known layout; an unknown one gets a name. */
const toLayout = (layout: 'mono' | 'stereo'): string =>
  `aresample=${CLIP_RATE_HZ},aformat=sample_fmts=fltp:channel_layouts=${layout}`;

const STATS =
  'astats=measure_perchannel=RMS_level+Number_of_NaNs:measure_overall=Number_of_samples';
const LOUDNESS = 'ebur128=peak=true:framelog=verbose';

/** What is listened to: at most `maxMs` of it. Its samples are floats as they were written, or not. */
type Source = { readonly maxMs: number; readonly isFloat: boolean };

/**
 * Counts how many samples of each channel stand at its peak, before anything is done to them. A
 * decoder that overshoots tops which were clipped is held to full scale; floats, which have room above
 * it, are not. Without an end of its own this way would be decoded on when the others have ended.
 */
const countPeaks = (behind: string, { maxMs, isFloat }: Source): string =>
  [
    `asplit=2[whole][tops];[tops]atrim=end=${maxMs / 1000}`,
    ...(isFloat ? [] : ['aformat=sample_fmts=s16']),
    'astats=measure_perchannel=Peak_count+Peak_level+Flat_factor:measure_overall=none',
    `anullsink;[whole]${behind}`,
  ].join(',');

/** Statistics of left (1), right (2) and their mix (3), then the mix alone; or of the only one (1). */
const mixWithStats = (mix: ChannelMix): string[] =>
  mix === 'only'
    ? [toLayout('mono'), STATS]
    : [toLayout('stereo'), `pan=2.1|c0=c0|c1=c1|c2=${MIX_FORMULA[mix]}`, STATS, 'pan=mono|c0=c2'];

/** What is done to the mono mix before its level is looked at. */
const cleaning = (noiseFloorDb: number | null): string[] => [
  `highpass=f=${HIGH_PASS_HZ}`,
  ...(noiseFloorDb === null ? [] : [noiseReduction(noiseFloorDb)]),
];

/** How channels become one, and which noise is taken out. */
export type Look = { readonly mix: ChannelMix; readonly noiseFloorDb: number | null };

/**
 * Counts samples, levels and peaks of the channels, silence and loudness of their mono mix, without the
 * noise below `noiseFloorDb`, if there is one to take out.
 * Source: EBU R 128; ITU-R BS.1770.
 */
export const analysisFilters = ({ mix, noiseFloorDb }: Look, source: Source): string =>
  [
    countPeaks(mixWithStats(mix).join(','), source),
    ...cleaning(noiseFloorDb),
    `silencedetect=noise=${SILENCE_DB}dB:duration=${SILENCE_S}`,
    LOUDNESS,
  ].join(',');

/** The samples that an envelope is read from, behind other filters. */
export const ENVELOPE_FILTERS = `aresample=${ENVELOPE_RATE_HZ},aformat=sample_fmts=s16`;

/** Counts samples of a finished mono clip and measures its loudness and true peak. */
export const measureFilters = (): string =>
  `astats=measure_perchannel=none:measure_overall=Number_of_samples,${LOUDNESS}`;

/** Takes twelve decibels of a steady noise away; by itself the filter learns no noise in ffmpeg 5.1. */
const noiseReduction = (floorDb: number): string =>
  `afftdn=noise_reduction=12:noise_floor=${floorDb.toFixed(1)}`;

/** Loud passages, from so far above the loudness of the whole on, rise by a third of what they did. */
const SOFT_LIMIT_ABOVE_DB = 4;
const MIN_THRESHOLD_DB = -60;

const softLimiter = (loudnessLufs: number): string => {
  const db = Math.max(MIN_THRESHOLD_DB, Math.min(0, loudnessLufs + SOFT_LIMIT_ABOVE_DB));
  return `acompressor=threshold=${db.toFixed(2)}dB:ratio=3:attack=10:release=200:knee=6`;
};

/** What is done to the level: a gain, and a limiter where peaks would pass `ceilingDb`. */
export type LevelPlan = { readonly gainDb: number; readonly ceilingDb: number | null };

const limiter = (ceilingDb: number): string[] => [
  `aresample=${LIMITER_RATE_HZ}`,
  `alimiter=level=false:latency=true:limit=${(10 ** (ceilingDb / 20)).toFixed(5)}`,
  `aresample=${CLIP_RATE_HZ}`,
];

const toMono = (mix: ChannelMix): string[] =>
  mix === 'only' ? [toLayout('mono')] : [toLayout('stereo'), `pan=mono|c0=${MIX_FORMULA[mix]}`];

const trimmer = ({ fromMs, toMs }: Kept): string =>
  `atrim=start=${fromMs / 1000}:end=${toMs / 1000},asetpts=PTS-STARTPTS`;

/** What becomes of a recording besides its level; `kept` is null when nothing is cut. */
export type Conversion = {
  readonly mix: ChannelMix;
  readonly kept: Kept | null;
  readonly softLimit: boolean;
  /** The noise that is taken out; null takes none. */
  readonly noiseFloorDb: number | null;
  /** Loudness of the mono mix, before anything is done to its level. */
  readonly loudnessLufs: number;
};

/** Mono mix, high-pass, ends, what the operator chose, gain and, if the plan asks for it, limiter. */
export const levelFilters = (conversion: Conversion, plan: LevelPlan): string =>
  [
    ...toMono(conversion.mix),
    ...cleaning(conversion.noiseFloorDb),
    ...(conversion.kept === null ? [] : [trimmer(conversion.kept)]),
    ...(conversion.softLimit ? [softLimiter(conversion.loudnessLufs)] : []),
    `volume=${plan.gainDb.toFixed(2)}dB`,
    ...(plan.ceilingDb === null ? [] : limiter(plan.ceilingDb)),
  ].join(',');

/**
 * The clip format: constant 96 kbit/s with an Info header that gives the exact length, no tags and
 * no encoder's dates, so that the same sound gives the same bytes.
 */
export const CLIP_OUTPUT_OPTIONS: readonly string[] = [
  ...['-c:a', 'libmp3lame', '-b:a', '96k', '-ac', '1', '-ar', String(CLIP_RATE_HZ)],
  ...['-id3v2_version', '0', '-write_id3v1', '0', '-write_xing', '1'],
  ...['-fflags', '+bitexact', '-flags:a', '+bitexact', '-f', 'mp3'],
];
