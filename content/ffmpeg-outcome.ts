import { ok, type Result, refuse } from '#schemas/result.ts';
import type { FfmpegOutcome } from './ffmpeg.ts';
import type { FfmpegReport } from './ffmpeg-report.ts';
import type { ToolProblem } from './ports.ts';

/**
 * The report of a run that reached its end, or why it did not; `path` is where it wrote.
 * Errors: audioToolMissing, audioToolFailed, diskFull.
 */
export const outcomeToReport = (
  outcome: FfmpegOutcome,
  path: string,
): Result<FfmpegReport, ToolProblem> => {
  if (outcome.kind === 'missing') return refuse({ code: 'audioToolMissing', tool: 'ffmpeg' });
  if (outcome.kind === 'timedOut') {
    return refuse({ code: 'audioToolFailed', detail: 'ffmpeg ran longer than its bound' });
  }
  if (outcome.kind === 'killed') {
    return refuse({ code: 'audioToolFailed', detail: 'ffmpeg was ended from outside' });
  }
  if (outcome.report.isDiskFull) return refuse({ code: 'diskFull', path });
  if (outcome.kind === 'finished') return ok(outcome.report);
  return refuse({ code: 'audioToolFailed', detail: outcome.report.firstErrors.join('; ') });
};
