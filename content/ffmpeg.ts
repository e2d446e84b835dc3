import ffmpeg from 'fluent-ffmpeg';
import type { Clock } from '#runtime/clock.ts';
import { createFfmpegReport, type FfmpegReport } from './ffmpeg-report.ts';

/** The largest block of memory that ffmpeg may ask for at once. */
const MAX_BLOCK_BYTES = 268_435_456;
/** Behind everything that serves people. */
const NICENESS = 10;
const MAX_KEPT_LINES = 20;

/** One run of ffmpeg: one file in through one demuxer, one filter chain, one output. */
export type FfmpegRun = {
  readonly sourcePath: string;
  readonly demuxer: string;
  /** Audio filters of the first audio stream, comma-separated, made of our own constants only. */
  readonly filters: string;
  /** At most this much is written; a longer source is cut there. */
  readonly maxOutputMs: number;
  readonly maxRunMs: number;
  /** Where the sound goes; null only listens. */
  readonly output: { readonly path: string; readonly options: readonly string[] } | null;
  /** A second way that the same decoded sound goes, through filters of its own. */
  readonly beside?: SecondOutput;
};

type SecondOutput = {
  readonly path: string;
  readonly filters: string;
  readonly options: readonly string[];
};

/** How a run ended. A `finished` one may still have reported errors. */
export type FfmpegOutcome =
  | { readonly kind: 'finished' | 'failed'; readonly report: FfmpegReport }
  | { readonly kind: 'timedOut' }
  /** Ended from outside: by the system, which lacked memory, or by a person. */
  | { readonly kind: 'killed' }
  | { readonly kind: 'missing' };

/**
 * Where only lossy sound is, checksums are not asked for: many encoders write wrong ones, or none, and
 * all programs play it.
 */
const LOSSY = new Set(['mp3', 'aac', 'ac3', 'eac3', 'dts', 'mpeg', 'mpegts', 'avi', 'flv', 'asf']);

/** Options before `-i`: nothing is guessed, nothing is fetched, nothing grows without end. */
const inputOptions = (run: FfmpegRun): string[] => [
  '-nostdin',
  '-y',
  '-hide_banner',
  '-nostats',
  ...['-loglevel', 'repeat+level+info'],
  // Lossless codecs hold each of their parts against its checksum only when they are told to.
  ...(LOSSY.has(run.demuxer) ? [] : ['-err_detect', 'crccheck']),
  ...['-max_alloc', String(MAX_BLOCK_BYTES)],
  ...['-protocol_whitelist', 'file'],
  ...['-format_whitelist', run.demuxer],
  ...['-threads', '1'],
  ...['-f', run.demuxer],
];

const bounded = (run: FfmpegRun): string[] => [
  ...['-t', (run.maxOutputMs / 1000).toFixed(3)],
  ...['-map_metadata', '-1', '-map_chapters', '-1'],
];

/** Through one chain of filters, or, where there is a second output, in two ways behind the first. */
const filterOptions = ({ filters, beside }: FfmpegRun): string[] => {
  if (beside === undefined) return ['-map', '0:a:0', '-filter:a', filters];
  const graph = `[0:a:0]${filters},asplit=2[main][split];[split]${beside.filters}[beside]`;
  return ['-filter_complex', graph, '-map', '[main]'];
};

const outputOptions = (run: FfmpegRun): string[] => [
  ...filterOptions(run),
  ...bounded(run),
  ...(run.output?.options ?? ['-f', 'null']),
];

/** How ffmpeg ends by a signal from outside; one that breaks over a file ends by others. */
const KILLED = /killed with signal SIGKILL|exited with code 255/;

const errorToKind = ({ message }: Error): 'failed' | 'missing' | 'killed' => {
  if (message.includes('Cannot find ffmpeg')) return 'missing';
  return KILLED.test(message) ? 'killed' : 'failed';
};

/** A path that ffmpeg takes for nothing but a local file, whatever its characters. */
const fileUrl = (path: string): string => `file:${path}`;

const buildCommand = (run: FfmpegRun): ffmpeg.FfmpegCommand => {
  const command = ffmpeg({ niceness: NICENESS, stdoutLines: MAX_KEPT_LINES })
    .input(fileUrl(run.sourcePath))
    .inputOptions(...inputOptions(run))
    .outputOptions(...outputOptions(run))
    .output(run.output ? fileUrl(run.output.path) : '-');
  const { beside } = run;
  if (beside === undefined) return command;
  return command
    .output(fileUrl(beside.path))
    .outputOptions('-map', '[beside]', ...bounded(run), ...beside.options);
};

/**
 * Runs ffmpeg without a shell and gathers what it reports. The run is killed when it takes longer
 * than `maxRunMs` by the clock. Both paths must be absolute. This file alone knows fluent-ffmpeg:
 * options are passed one by one because a list would be split at blanks, its own timer and probe,
 * which have no bound or no injected clock, are not used, and neither are its output streams, which
 * fail by a race. Source: issue 2, the house; PLATFORM.md, files that fool ffmpeg.
 */
export const runFfmpeg = (clock: Clock, run: FfmpegRun): Promise<FfmpegOutcome> =>
  new Promise((resolve) => {
    const { report, take } = createFfmpegReport();
    let isLate = false;
    const command = buildCommand(run);
    const timer = clock.at(clock.positionMs() + run.maxRunMs, () => {
      isLate = true;
      command.kill('SIGKILL');
    });
    const finish = (kind: 'finished' | ReturnType<typeof errorToKind>): void => {
      timer.cancel();
      if (isLate) resolve({ kind: 'timedOut' });
      else resolve(kind === 'missing' || kind === 'killed' ? { kind } : { kind, report });
    };
    command
      .on('start', () => {
        if (isLate) command.kill('SIGKILL');
      })
      .on('stderr', take)
      .on('end', () => finish('finished'))
      .on('error', (error: Error) => finish(errorToKind(error)))
      .run();
  });
