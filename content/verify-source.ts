import { rm } from 'node:fs/promises';
import type { Clock } from '#runtime/clock.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { analysisFilters, CLIP_RATE_HZ, ENVELOPE_FILTERS, type Look } from './audio-filters.ts';
import { MIN_AUDIBLE_SHARE, MIN_CLIP_MS, MIN_SOURCE_LUFS } from './bounds.ts';
import { chooseChannelMix } from './channel-mix.ts';
import { findClipping } from './clipping.ts';
import { envelopeToPeaks, noiseFloorDb, readEnvelope } from './envelope.ts';
import { runFfmpeg } from './ffmpeg.ts';
import { outcomeToReport } from './ffmpeg-outcome.ts';
import type { FfmpegReport } from './ffmpeg-report.ts';
import type {
  Candidate,
  ChannelMix,
  RecordingProblem,
  SourceAudio,
  SourceProbe,
  ToolProblem,
} from './ports.ts';
import { withoutSilentEnds } from './trim-ends.ts';

/** Decoding an hour takes well under a minute; this is for a loaded small machine. */
const VERIFY_MS = 900_000;
/** Room behind the longest clip, so that a longer one is seen to be longer. */
const OVERLONG_ROOM_MS = 1000;
/** Encoders count some padding of their own; less than this is not missing sound. */
const MISSING_MS = 250;
const MISSING_SHARE = 0.01;
/** Those that count each sample or frame promise it; an encoder's padding is all that may be missing. */
const COUNTED = new Set(['flac', 'wv', 'tta', 'mp3']);
const PADDING_MS = 60;
const PADDING_SAMPLES = 2304;
/** The shortest part of a FLAC that is written, and less. */
const STRAY_MS = 2;
/** Those whose every part says when it is heard, so that one that is missing leaves a gap. */
const TIMED = new Set(['asf', 'mpegts', 'mpeg', 'flv']);
/** What a decoder leaves out at its beginning, and how clocks of sound and container may drift. */
const GAP_MS = 150;
const GAP_SHARE = 0.0005;
/** A stream that was joined in its middle starts with a few. */
const MAX_DECODE_ERRORS = 5;

/** Samples that were written as floats and come back as they were. */
const FLOAT_CODEC = /^(?:pcm_f|wavpack)/;

type Refusal = RecordingProblem | ToolProblem;
/** What is verified, and by which clock and bound. */
type Verification = {
  readonly clock: Clock;
  readonly candidate: Candidate;
  readonly maxClipMs: number;
};
type Analysis = { readonly report: FfmpegReport; readonly durationMs: number };

const analyse = async (
  { clock, maxClipMs, candidate: { path, probe, scratchPath } }: Verification,
  look: Look,
): Promise<Result<Analysis, Refusal>> => {
  const maxOutputMs = maxClipMs + OVERLONG_ROOM_MS;
  const outcome = await runFfmpeg(clock, {
    sourcePath: path,
    demuxer: probe.demuxer,
    filters: analysisFilters(look, {
      maxMs: maxOutputMs,
      isFloat: FLOAT_CODEC.test(probe.codec),
    }),
    maxOutputMs,
    maxRunMs: VERIFY_MS,
    output: null,
    beside: { path: scratchPath, filters: ENVELOPE_FILTERS, options: ['-f', 's16le'] },
  });
  const report = outcomeToReport(outcome, scratchPath);
  if (!report.ok) {
    const isDiskFull = report.problem.code === 'diskFull';
    return outcome.kind === 'failed' && !isDiskFull ? refuse(unreadable(probe)) : report;
  }
  const durationMs = (report.value.samples / CLIP_RATE_HZ) * 1000;
  return ok({ report: report.value, durationMs });
};

const unreadable = (probe: SourceProbe): Refusal =>
  probe.cut
    ? { code: 'audioTruncated', expectedMs: probe.expectedMs, decodedMs: 0 }
    : { code: 'audioCorrupt' };

const mayLackMs = ({ demuxer, sampleRateHz }: SourceProbe, expectedMs: number): number =>
  COUNTED.has(demuxer)
    ? PADDING_MS + (PADDING_SAMPLES / sampleRateHz) * 1000
    : Math.max(MISSING_MS, expectedMs * MISSING_SHARE);

/** Whether a FLAC lacks parts; one whose sound is all there has a tag behind its end. */
const lacksStray = ({ expectedMs }: SourceProbe, { report, durationMs }: Analysis): boolean =>
  report.strayParts > 0 && (expectedMs === null || expectedMs - durationMs > STRAY_MS);

const isShort = (probe: SourceProbe, decodedMs: number): boolean =>
  probe.expectedMs !== null && probe.expectedMs - decodedMs > mayLackMs(probe, probe.expectedMs);

/** Whether parts are missing between the first and the last, by the times of what is there. */
const hasGaps = ({ demuxer, startsMs = 0 }: SourceProbe, analysis: Analysis): boolean => {
  const { durationMs, report } = analysis;
  if (!TIMED.has(demuxer) || report.endMs === null) return false;
  return report.endMs - startsMs - durationMs > Math.max(GAP_MS, durationMs * GAP_SHARE);
};

const hasNaN = (report: FfmpegReport): boolean =>
  [...report.statsByChannel.values()].some((stats) => (stats.get('Number of NaNs') ?? 0) > 0);

/** What is wrong with the sound whatever its mix; null when nothing is. Order: worst news first. */
const findFlaw = (
  { candidate: { probe }, maxClipMs }: Verification,
  analysis: Analysis,
): Refusal | null => {
  const { report, durationMs } = analysis;
  const decodedMs = Math.round(durationMs);
  const expectedMs = probe.expectedMs === null ? null : Math.round(probe.expectedMs);
  const truncated = { code: 'audioTruncated', expectedMs, decodedMs } as const;
  if (durationMs > maxClipMs) {
    return { code: 'audioTooLong', durationMs: decodedMs, maxMs: maxClipMs };
  }
  if (probe.cut || report.breaksOff) return truncated;
  const lacksParts = probe.damaged || report.lostParts > 0;
  const isDamaged = report.errors > MAX_DECODE_ERRORS || lacksParts || hasNaN(report);
  if (isDamaged) return { code: 'audioCorrupt' };
  if (isShort(probe, durationMs)) return truncated;
  const isPatchy = lacksStray(probe, analysis) || hasGaps(probe, analysis);
  if (report.failedSums > 0 || isPatchy) return { code: 'audioCorrupt' };
  if (durationMs === 0) return { code: 'audioEmpty' };
  if (durationMs < MIN_CLIP_MS) {
    return { code: 'audioTooShort', durationMs: decodedMs, minMs: MIN_CLIP_MS };
  }
  return null;
};

const isSilent = ({ report, durationMs }: Analysis): boolean =>
  (report.integratedLufs ?? -Infinity) < MIN_SOURCE_LUFS ||
  durationMs - report.silenceMs < durationMs * MIN_AUDIBLE_SHARE;

const rmsOf = (report: FfmpegReport, channel: number): number =>
  report.statsByChannel.get(channel)?.get('RMS level dB') ?? -Infinity;

const chooseMix = (report: FfmpegReport): ChannelMix =>
  chooseChannelMix({
    leftDb: rmsOf(report, 1),
    rightDb: rmsOf(report, 2),
    meanDb: rmsOf(report, 3),
  });

/** How the file is to be decoded again, after what a first look at it has shown; null: need not be. */
const lookAgain = async (
  { choices, scratchPath }: Candidate,
  look: Look,
  report: FfmpegReport,
): Promise<Look | null> => {
  const mix = look.mix === 'only' ? look.mix : chooseMix(report);
  if (!choices.reduceNoise) return mix === look.mix ? null : { mix, noiseFloorDb: null };
  const envelope = await readEnvelope(scratchPath);
  return { mix, noiseFloorDb: noiseFloorDb(envelope, report.integratedLufs ?? -Infinity) };
};

const describe = async (
  { scratchPath, probe }: Candidate,
  look: Look,
  analysis: Analysis,
): Promise<Result<SourceAudio, Refusal>> => {
  const { integratedLufs, truePeakDbtp } = analysis.report;
  if (integratedLufs === null || truePeakDbtp === null || isSilent(analysis)) {
    return refuse({ code: 'audioSilent', loudnessLufs: integratedLufs });
  }
  const sourceSamples = (analysis.durationMs / 1000) * probe.sampleRateHz;
  const clippedPercent = findClipping(analysis.report, sourceSamples);
  if (clippedPercent !== null) return refuse({ code: 'audioClipped', clippedPercent });
  const envelope = await readEnvelope(scratchPath);
  await rm(scratchPath);
  const durationMs = Math.round(analysis.durationMs);
  return ok({
    ...look,
    durationMs,
    loudnessLufs: integratedLufs,
    truePeakDbtp,
    sounding: withoutSilentEnds(envelope, durationMs, integratedLufs),
    peaks: envelopeToPeaks(envelope),
  });
};

/**
 * Decodes a file to its end or, where it comes first, to a second after `maxClipMs`, refuses what must
 * not sound, and measures the mono mix that loses none
 * of it. Errors: audioTruncated, audioCorrupt, audioEmpty, audioSilent, audioClipped, audioTooLong,
 * audioTooShort, audioToolFailed, audioToolMissing, diskFull. Source: EBU R 128; PLATFORM.md, files that fool
 * ffmpeg.
 */
export const verifySource = async (
  clock: Clock,
  candidate: Candidate,
  maxClipMs: number,
): Promise<Result<SourceAudio, Refusal>> => {
  const verification = { clock, candidate, maxClipMs };
  const look = {
    mix: candidate.probe.channels === 1 ? 'only' : 'mean',
    noiseFloorDb: null,
  } as const;
  const first = await analyse(verification, look);
  if (!first.ok) return first;
  const flaw = findFlaw(verification, first.value);
  if (flaw) return refuse(flaw);
  const better = await lookAgain(candidate, look, first.value.report);
  const second = better === null ? first : await analyse(verification, better);
  return second.ok ? describe(candidate, better ?? look, second.value) : second;
};
