import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type MakingChoices, usualChoices } from '#schemas/making.ts';
import type { Sha256 } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { USUAL_LOUDNESS_LUFS } from '#schemas/site-settings.ts';
import { MAX_CLIP_MS, MAX_SOURCE_BYTES } from './bounds.ts';
import { isDiskFull } from './disk-full.ts';
import { hashStream } from './hash-file.ts';
import {
  AIRABLE_FORMAT,
  type AirableAudio,
  type AudioTools,
  type ClipStore,
  type LoudnessTarget,
  type RecordingProblem,
  type SourceProbe,
  type ToolProblem,
} from './ports.ts';
import { type Kept, trimToKept } from './trim-ends.ts';

/**
 * A clip that stands in the store; lengths and levels are measured from its own bytes. It is `kept`
 * of a source of `sourceMs` milliseconds whose picture is `peaks`.
 */
export type IngestedClip = AirableAudio & {
  readonly sha256: Sha256;
  readonly bytes: number;
  readonly format: typeof AIRABLE_FORMAT;
  readonly sourceMs: number;
  readonly kept: Kept;
  readonly peaks: readonly number[];
};

export type IngestProblem =
  | RecordingProblem
  | ToolProblem
  | ProblemOf<'fileTooLarge' | 'clipCorrupt'>;

/** What an ingest works with; `workFolder` is this process's own and on a local disk. */
export type IngestPorts = {
  readonly audio: AudioTools;
  readonly store: ClipStore;
  readonly workFolder: string;
  readonly target?: LoudnessTarget;
  /** What the operator chose for this recording. */
  readonly choices?: MakingChoices;
};

/** −16 LUFS with peaks at most −1.5 dBTP. Source: DESIGN.md, the way of a broadcast, 1; issue 6, 3. */
export const DEFAULT_TARGET: LoudnessTarget = {
  integratedLufs: USUAL_LOUDNESS_LUFS,
  maxTruePeakDbtp: -1.5,
};

const WORK_PREFIX = 'ingest-';

/** Removes what a killed process left of its work; call it once, before the first ingest. */
export const sweepIngestWork = async (workFolder: string): Promise<void> => {
  await mkdir(workFolder, { recursive: true });
  const names = await readdir(workFolder);
  const left = names.filter((name) => name.startsWith(WORK_PREFIX));
  await Promise.all(
    left.map((name) => rm(join(workFolder, name), { recursive: true, force: true })),
  );
};

type FileProblem = ProblemOf<'fileTooLarge' | 'audioNotRecognised'>;

const checkFile = async (path: string): Promise<Result<void, FileProblem>> => {
  const found = await stat(path);
  if (!found.isFile()) return refuse({ code: 'audioNotRecognised' });
  if (found.size <= MAX_SOURCE_BYTES) return ok(undefined);
  return refuse({ code: 'fileTooLarge', bytes: found.size, maxBytes: MAX_SOURCE_BYTES });
};

type Made = Omit<IngestedClip, 'sha256' | 'bytes' | 'format'>;

const store = async (
  ports: IngestPorts,
  path: string,
  made: Made,
): Promise<Result<IngestedClip, IngestProblem>> => {
  const sha256 = await hashStream(createReadStream(path));
  const { size } = await stat(path);
  const stored = await ports.store.put(sha256, path);
  return stored.ok ? ok({ ...made, sha256, bytes: size, format: AIRABLE_FORMAT }) : stored;
};

const probeFile = async (
  { audio }: IngestPorts,
  path: string,
): Promise<Result<SourceProbe, IngestProblem>> => {
  const file = await checkFile(path);
  if (!file.ok) return file;
  const probe = await audio.probe(path);
  if (!probe.ok) return probe;
  const { expectedMs, cut } = probe.value;
  if (expectedMs === null || expectedMs <= MAX_CLIP_MS || cut) return probe;
  return refuse({ code: 'audioTooLong', durationMs: Math.round(expectedMs), maxMs: MAX_CLIP_MS });
};

const ingestInto = async (
  ports: IngestPorts,
  sourcePath: string,
  folder: string,
): Promise<Result<IngestedClip, IngestProblem>> => {
  const probe = await probeFile(ports, sourcePath);
  if (!probe.ok) return probe;
  const { choices = usualChoices, target = DEFAULT_TARGET } = ports;
  const source = { path: sourcePath, probe: probe.value, choices };
  const audio = await ports.audio.verify({ ...source, scratchPath: join(folder, 'samples') });
  if (!audio.ok) return audio;
  const { durationMs: sourceMs, sounding, peaks } = audio.value;
  const kept = trimToKept(choices.trim, sourceMs, sounding);
  if (!kept.ok) return kept;
  const targetPath = join(folder, 'clip.mp3');
  const made = await ports.audio.makeAirable({
    sourcePath,
    probe: probe.value,
    audio: audio.value,
    kept: kept.value,
    choices,
    targetPath,
    target,
  });
  if (!made.ok) return made;
  return store(ports, targetPath, { ...made.value, sourceMs, kept: kept.value, peaks });
};

/**
 * Brings a local file of unknown origin to a clip fit for air and into the store. The source stays
 * as it is; of a refused one nothing else remains, and an accepted one survives a power cut. A kill
 * leaves only work that `sweepIngestWork` removes at the next start. Errors: those of the ports, and
 * fileTooLarge, audioTooLong, diskFull. Source: DESIGN.md, the way of a broadcast, 1.
 */
export const ingestClip = async (
  ports: IngestPorts,
  path: string,
): Promise<Result<IngestedClip, IngestProblem>> => {
  const workFolder = resolve(ports.workFolder);
  let folder: string | null = null;
  try {
    await mkdir(workFolder, { recursive: true });
    folder = await mkdtemp(join(workFolder, WORK_PREFIX));
    return await ingestInto(ports, resolve(path), folder);
  } catch (error) {
    if (isDiskFull(error)) return refuse({ code: 'diskFull', path: workFolder });
    throw error;
  } finally {
    if (folder) await rm(folder, { recursive: true, force: true });
  }
};
