import { join } from 'node:path';
import { createId } from '#runtime/clock.ts';
import type { Id } from '#schemas/primitives.ts';
import type { Problem } from '#schemas/problem.ts';
import { ok, type Result } from '#schemas/result.ts';
import { type AgentWires, looseWires } from './agent-wires.ts';
import { openAmplifier } from './amplifier/amplifier-keeper.ts';
import { type ClipCache, openClipCache } from './cache/clip-cache.ts';
import { createClipFiles } from './cache/clip-files.ts';
import { createTrustedClock, type TrustedClock } from './clock/trusted-clock.ts';
import { type EmergencyFile, openEmergencyFile } from './emergency/emergency-file.ts';
import { openReceived, type Received } from './link/received.ts';
import { openRecording, type Recording } from './log/recording.ts';
import { type MakeGoodFile, openMakeGoodFile } from './make-good/make-good-file.ts';
import type { AgentPorts } from './ports/agent-ports.ts';
import { type BookFile, openBookFile } from './session/book-file.ts';
import { createDirector, type Director } from './session/director.ts';
import { refusalOf } from './session/refusals.ts';
import { createStickClips, type StickClips } from './stick/stick-clips.ts';
import { createTaskQueue, type TaskQueue } from './task-queue.ts';
import { makeTestTone } from './tone/test-tone.ts';
import { withTone } from './tone/tone-cache.ts';

/** The parts of an agent that stand before it connects. */
export interface AgentParts {
  readonly boot: Id;
  readonly tasks: TaskQueue;
  readonly wires: AgentWires;
  readonly trusted: TrustedClock;
  readonly recording: Recording;
  readonly received: Received;
  readonly bookFile: BookFile;
  readonly makeGoodFile: MakeGoodFile;
  readonly emergencies: EmergencyFile;
  readonly cache: ClipCache;
  /** Null where no sticks are looked for. */
  readonly stickClips: StickClips | null;
  readonly director: Director;
}

/** Opens everything on disk and puts the parts together. Errors: fileUnreadable, diskFull. */
export const openParts = async (
  ports: AgentPorts,
  boot: Id,
): Promise<Result<AgentParts, Problem>> => {
  const { clock, disk, player, logger } = ports;
  const wires = looseWires();
  const tasks = createTaskQueue(ports.onFault);
  const trusted = createTrustedClock({
    clock,
    onTold: (anchor) => wires.anchorTold(anchor),
    onMoved: () => wires.anchorMoved(),
  });
  const opened = await openRecording(ports, {
    boot,
    trusted,
    tasks,
    onWritten: () => wires.written(),
    onRefused: (body) => wires.refused(body),
  });
  if (!opened.ok) return opened;
  const recording = opened.value;
  const received = await openReceived(ports);
  const bookFile = await openBookFile(disk, ports.folder, logger);
  const makeGoodFile = await openMakeGoodFile(disk, ports.folder, logger);
  const emergencies = await openEmergencyFile(ports);
  const stickClips =
    ports.stick === undefined ? null : createStickClips(ports.stick, ports.fetchUrl);
  const fetchUrl = stickClips?.fetchUrl ?? ports.fetchUrl;
  const cache = await openCache({ ...ports, fetchUrl }, { tasks, wires, recording });
  const { amplifier: settings, folder } = ports;
  const { writer } = recording;
  const track = tasks.beside;
  const amplifier =
    settings === undefined
      ? null
      : await openAmplifier({ amplifier: settings, disk, folder, logger, writer, track });
  const tone = makeTestTone();
  const director = createDirector({
    amplifier,
    ...{ clock, trusted, player, tasks, logger, bookFile, makeGoodFile, ...recording, tone },
    cache: withTone(cache, tone, ports),
    newId: () => createId(clock, ports.entropy),
    emergencies,
    who: ports.grant,
    pointer: received.pointer.value,
    limits: received.limits.value,
    permit: received.permit.value,
    documents: received.plans.documents,
    onBroadcast: (body) => wires.broadcast(body),
    onDeliver: (fromSeq) => wires.deliver(fromSeq),
    onRestart: ports.onRestart,
    onSilence: (isSilent) => wires.silence(isSilent),
    onChange: () => wires.changed(),
  });
  return ok({
    boot,
    tasks,
    wires,
    trusted,
    recording,
    received,
    bookFile,
    makeGoodFile,
    emergencies,
    cache,
    stickClips,
    director,
  });
};

const openCache = (
  ports: AgentPorts,
  { tasks, wires, recording }: Pick<AgentParts, 'tasks' | 'wires' | 'recording'>,
): Promise<ClipCache> => {
  const { disk, clock, entropy, logger, fetchUrl, grant } = ports;
  return openClipCache({
    ...{ disk, clock, entropy, logger, fetchUrl },
    files: createClipFiles(disk, join(ports.folder, 'clips')),
    baseUrl: grant.clips.url,
    token: grant.broker.password,
    maxBytes: ports.maxCacheBytes,
    track: tasks.beside,
    onChange: () => wires.look(),
    onWrongBytes: (clip) => {
      const problem: Problem = { code: 'clipCorrupt', sha256: clip };
      logger.warn({ event: 'clipRefused', problem });
      recording.refuse({ ...refusalOf('clip', 'clipHash'), clip });
    },
  });
};
