import type { Clock } from '#runtime/clock.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import {
  CLIP_OUTPUT_OPTIONS,
  CLIP_RATE_HZ,
  type LevelPlan,
  levelFilters,
  measureFilters,
} from './audio-filters.ts';
import { MAX_CLIP_MS } from './bounds.ts';
import { runFfmpeg } from './ffmpeg.ts';
import { outcomeToReport } from './ffmpeg-outcome.ts';
import { isWithinTarget, type LevelTry, nextLevel, planLevel } from './level-plan.ts';
import type { AirableAudio, AirableJob, RecordingProblem, ToolProblem } from './ports.ts';

const CONVERT_MS = 1_800_000;
const MEASURE_MS = 900_000;
const OUTPUT_ROOM_MS = 1000;
/** Resampling and gapless trimming may move the end by so much; more is lost or foreign sound. */
const LENGTH_TOLERANCE_MS = 100;
/** 96 kbit/s are 12 bytes a millisecond; twice that is a bound that good output never meets. */
const MAX_CLIP_BYTES = MAX_CLIP_MS * 24;

const convert = async (
  clock: Clock,
  job: AirableJob,
  plan: LevelPlan,
): Promise<Result<void, ToolProblem>> => {
  const { durationMs, ...audio } = job.audio;
  const isWhole = job.kept.fromMs === 0 && job.kept.toMs === durationMs;
  const kept = isWhole ? null : job.kept;
  const outcome = await runFfmpeg(clock, {
    sourcePath: job.sourcePath,
    demuxer: job.probe.demuxer,
    filters: levelFilters({ ...audio, kept, softLimit: job.choices.softLimit }, plan),
    maxOutputMs: MAX_CLIP_MS + OUTPUT_ROOM_MS,
    maxRunMs: CONVERT_MS,
    output: {
      path: job.targetPath,
      options: ['-fs', String(MAX_CLIP_BYTES), ...CLIP_OUTPUT_OPTIONS],
    },
  });
  const report = outcomeToReport(outcome, job.targetPath);
  return report.ok ? ok(undefined) : report;
};

/**
 * Measures a finished clip by decoding it: exact length from its samples, integrated loudness, true
 * peak. Errors: audioToolFailed, audioToolMissing. Source: EBU R 128.
 */
export const measureClip = async (
  clock: Clock,
  path: string,
): Promise<Result<AirableAudio, ToolProblem>> => {
  const outcome = await runFfmpeg(clock, {
    sourcePath: path,
    demuxer: 'mp3',
    filters: measureFilters(),
    maxOutputMs: MAX_CLIP_MS + OUTPUT_ROOM_MS,
    maxRunMs: MEASURE_MS,
    output: null,
  });
  const report = outcomeToReport(outcome, path);
  if (!report.ok) return report;
  const { samples, integratedLufs, truePeakDbtp } = report.value;
  if (samples === 0 || integratedLufs === null || truePeakDbtp === null) {
    return refuse({ code: 'audioToolFailed', detail: 'ffmpeg did not measure the clip' });
  }
  const durationMs = Math.round((samples / CLIP_RATE_HZ) * 1000);
  return ok({ durationMs, loudnessLufs: integratedLufs, truePeakDbtp });
};

/** Why the last try may not go on air, or the clip. A file that decodes differently twice is broken. */
const judge = (job: AirableJob, made: AirableAudio): Result<AirableAudio, RecordingProblem> => {
  const keptMs = job.kept.toMs - job.kept.fromMs;
  if (Math.abs(made.durationMs - keptMs) > LENGTH_TOLERANCE_MS) {
    return refuse({ code: 'audioCorrupt' });
  }
  if (isWithinTarget(made, job.target)) return ok(made);
  const { integratedLufs: targetLufs } = job.target;
  return refuse({ code: 'audioNotLevelled', loudnessLufs: made.loudnessLufs, targetLufs });
};

/**
 * Writes the airable clip and measures it again; what misses the target is made anew with what the
 * measurement taught, a few times at most. Errors: audioNotLevelled (the sound cannot be brought to the
 * target), audioCorrupt, audioToolFailed, audioToolMissing, diskFull. Source: PLATFORM.md, two passes gave −16.5.
 */
export const makeAirable = async (
  clock: Clock,
  job: AirableJob,
): Promise<Result<AirableAudio, RecordingProblem | ToolProblem>> => {
  const tries: LevelTry[] = [];
  for (let plan = planLevel(job.audio, job.target); ; ) {
    const converted = await convert(clock, job, plan);
    if (!converted.ok) return converted;
    const made = await measureClip(clock, job.targetPath);
    if (!made.ok) return made;
    tries.push({ plan, made: made.value });
    const next = nextLevel(tries, job.target);
    if (next === null) return judge(job, made.value);
    plan = next;
  }
};
