import { open } from 'node:fs/promises';
import * as z from 'zod';
import type { Clock } from '#runtime/clock.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { runBounded } from './bounded-process.ts';
import { fileToByteSource } from './containers/byte-source.ts';
import type { Container } from './containers/container.ts';
import { recogniseContainer } from './containers/recognise.ts';
import type { RecordingProblem, SourceProbe, ToolProblem } from './ports.ts';

const PROBE_MS = 30_000;
const MAX_PROBE_BYTES = 65_536;
/** Only these promise the length of the sound itself in a way that is exact. */
const EXACT_STREAM_DURATION = new Set(['mov', 'flac', 'wv', 'tta', 'au', 'ape', 'tak', 'dsf']);
/** Of these ffmpeg counts from the first part of the sound, wherever a picture begins. */
const FROM_SOUND = new Set(['mpegts', 'mpeg']);

const probeSchema = z.object({
  streams: z
    .array(
      z.object({
        codec_name: z.string().default('unknown'),
        sample_rate: z.coerce.number().int().min(1),
        channels: z.int().min(1),
        duration: z.coerce.number().nonnegative().optional(),
        start_time: z.coerce.number().default(0),
      }),
    )
    .min(1),
  format: z.object({ start_time: z.coerce.number().default(0) }),
});

type ProbeProblem = RecordingProblem | ToolProblem;

const readContainer = async (path: string): Promise<Result<Container, ProbeProblem>> => {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size === 0) return refuse({ code: 'audioEmpty' });
    const container = await recogniseContainer(fileToByteSource(file, size));
    return container ? ok(container) : refuse({ code: 'audioNotRecognised' });
  } finally {
    await file.close();
  }
};

const probeArgs = (path: string, demuxer: string): string[] => [
  ...['-v', 'error', '-protocol_whitelist', 'file', '-format_whitelist', demuxer, '-f', demuxer],
  ...['-select_streams', 'a:0', '-of', 'json'],
  ...[
    '-show_entries',
    'stream=codec_name,sample_rate,channels,duration,start_time:format=start_time',
  ],
  `file:${path}`,
];

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // What ffprobe leaves unfinished describes no sound; the schema refuses it.
    return null;
  }
};

const describe = (container: Container, text: string): Result<SourceProbe, ProbeProblem> => {
  const parsed = probeSchema.safeParse(parseJson(text));
  const stream = parsed.data?.streams[0];
  const containerStartS = parsed.data?.format.start_time ?? 0;
  if (!stream) return refuse({ code: 'audioNotRecognised' });
  const streamMs =
    EXACT_STREAM_DURATION.has(container.demuxer) && stream.duration !== undefined
      ? stream.duration * 1000
      : null;
  return ok({
    demuxer: container.demuxer,
    codec: stream.codec_name,
    sampleRateHz: stream.sample_rate,
    channels: stream.channels,
    cut: container.cut,
    damaged: container.damaged ?? false,
    expectedMs: container.expectedMs ?? streamMs,
    startsMs: FROM_SOUND.has(container.demuxer) ? 0 : (stream.start_time - containerStartS) * 1000,
  });
};

/**
 * What a file claims to be: its container by its own bytes, the rest by ffprobe through the one
 * demuxer that fits. A cut file that ffprobe cannot open any more is called truncated.
 * Errors: audioEmpty, audioNotRecognised, audioTruncated, audioToolFailed, audioToolMissing.
 */
export const probeSource = async (
  clock: Clock,
  path: string,
): Promise<Result<SourceProbe, ProbeProblem>> => {
  const container = await readContainer(path);
  if (!container.ok) return container;
  const { demuxer, cut, expectedMs } = container.value;
  const outcome = await runBounded(clock, {
    command: 'ffprobe',
    args: probeArgs(path, demuxer),
    maxMs: PROBE_MS,
    maxOutputBytes: MAX_PROBE_BYTES,
  });
  if (outcome.kind === 'missing') return refuse({ code: 'audioToolMissing', tool: 'ffprobe' });
  if (outcome.kind === 'stopped') {
    return refuse({
      code: 'audioToolFailed',
      detail: `ffprobe passed its bound: ${outcome.bound}`,
    });
  }
  const described = describe(container.value, outcome.stdout);
  if (described.ok || !cut) return described;
  return refuse({ code: 'audioTruncated', expectedMs, decodedMs: 0 });
};
