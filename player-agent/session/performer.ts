import type { Candidate } from '#core/playback/candidates.ts';
import type { Run } from '#core/playback/choose-run.ts';
import { afterSound, type Continuous, permittedVolume } from '#core/playback/interlocks.ts';
import { positionAt, wallAt } from '#core/playback/wall-anchor.ts';
import type { Interval } from '#schemas/primitives.ts';
import type { Anchor } from '#schemas/records/clock-state.ts';
import type { EndReason } from '#schemas/records/reasons.ts';
import type { SessionId } from '#schemas/session.ts';
import { createExclusive } from '../exclusive.ts';
import type { DirectorPorts } from './director-ports.ts';
import { loadRun } from './load-run.ts';
import { type NowPlaying, nowPlaying } from './now-playing.ts';
import { sessionRefusal } from './refusals.ts';
import { type ActiveRun, type CurrentItem, createActiveRun, type RunEvents } from './run.ts';
import { createTries } from './tries.ts';
import type { View } from './view.ts';

/** A session comes up to its volume over its first seconds: nobody is to start at it. */
const SOFT_START_MS = 10_000;

/** An emergency is as loud as it says at once, and so is the test tone, which stands in no playlist. */
const softStartOf = ({ emergency, playlist, session }: Candidate): number =>
  emergency !== undefined || playlist === null || session.priority === 'emergency'
    ? 0
    : SOFT_START_MS;

/** Carries out one list at a time: verifies its clips, loads it, lets it sound, records it. */
export interface Performer {
  begin(run: Run, seen: View): void;
  /** Ends what sounds or is being loaded, for this reason; what is being loaded is gone at once. */
  halt(reason: EndReason): Promise<void>;
  candidate(): Candidate | null;
  /** The item that sounds, or that sounds first; null while a list is being loaded. */
  current(): CurrentItem | null;
  playing(): NowPlaying | null;
  /** An item was refused; it is not let in later, even where the reason has passed. */
  passOver(session: SessionId, slotOffsetMs: number): void;
  reached(): ReadonlyMap<SessionId, number>;
  retryAtMs(): ReadonlyMap<SessionId, number>;
  /** Whether anything of the session sounded in this run, or it is loaded. */
  hasTaken(session: SessionId): boolean;
  /** What sounded up to now without a pause, in epoch milliseconds. */
  continuous(anchor: Anchor): Continuous;
  /** What sounded without a pause before this run, in epoch milliseconds, counts with it. */
  continueFrom(earlier: Continuous, anchor: Anchor): void;
}

/** A performer at rest; `look` is called in the queue when a list was started or is over. */
export const createPerformer = (ports: DirectorPorts, look: () => Promise<void>): Performer => {
  const { tasks, clock, player } = ports;
  const tries = createTries();
  let active: ActiveRun | undefined;
  const exclusively = createExclusive();
  let continuous: Interval | null = null;
  const over = async (run: Run) => {
    if (active?.run !== run) return;
    active = undefined;
    ports.onChange();
    await look();
  };
  const eventsFor = (run: Run): RunEvents => ({
    onAudible: async () => {
      const { id, session } = run.candidate;
      ports.logger.info({ event: 'itemSounds', session: id, drill: session.drill });
      ports.onChange();
      await look();
    },
    onSilence: ports.onSilence,
    onCheckpoint: ports.saveCheckpoint,
    onEnded: async (body) => {
      await ports.writer.write(body);
      if (body.played.toMs > body.played.fromMs) continuous = afterSound(continuous, body.played);
      tries.ended(run.candidate.id, body, ports.trusted.nowMs() ?? 0);
      ports.onBroadcast(body);
    },
    onFinished: async () => {
      if (active?.run !== run) return;
      if (ports.writer.waiting() === 0) await ports.clearCheckpoint();
      await over(run);
    },
  });
  return {
    begin: (run, seen) => {
      const { volume, capped } = permittedVolume(run.candidate.session.volume, seen.limits);
      if (capped) ports.refuse(sessionRefusal(run.candidate, 'volumeCap'));
      const enqueue = (step: () => Promise<void>) => void tasks.run(step);
      const rest = { player, clock, enqueue, events: eventsFor(run) };
      const softStartMs = softStartOf(run.candidate);
      active = createActiveRun({ run, volume, softStartMs, ...rest });
      tasks.beside(loadRun(active, ports, { tries, exclusively, idle: () => over(run), look }));
    },
    halt: async (reason) => {
      const halted = active;
      await halted?.stop(reason);
      // Nothing has sounded of it: what is more urgent does not wait until it lets go of the disk.
      if (halted !== undefined && !halted.isLoaded()) void tasks.run(() => over(halted.run));
    },
    candidate: () => active?.run.candidate ?? null,
    current: () => active?.current() ?? null,
    playing: () => nowPlaying(active),
    passOver: tries.passed,
    reached: tries.reached,
    retryAtMs: tries.retryAtMs,
    hasTaken: (session) => tries.reached().has(session) || active?.run.candidate.id === session,
    continuous: (anchor) =>
      continuous === null
        ? null
        : { fromMs: wallAt(anchor, continuous.fromMs), toMs: wallAt(anchor, continuous.toMs) },
    continueFrom: (earlier, anchor) => {
      if (earlier === null || continuous !== null) return;
      const posMs = (wallMs: number) => positionAt(anchor, wallMs);
      continuous = { fromMs: posMs(earlier.fromMs), toMs: posMs(earlier.toMs) };
    },
  };
};
