import type { Candidate } from '#core/playback/candidates.ts';
import type { Run } from '#core/playback/choose-run.ts';
import { afterSound, type Continuous, permittedVolume } from '#core/playback/interlocks.ts';
import { wallAt } from '#core/playback/wall-anchor.ts';
import type { Interval } from '#schemas/primitives.ts';
import type { Anchor } from '#schemas/records/clock-state.ts';
import type { EndReason } from '#schemas/records/reasons.ts';
import type { SessionId } from '#schemas/session.ts';
import type { PlayerItem } from '../ports/player.ts';
import { bookBegun } from './book-changes.ts';
import type { Director } from './director.ts';
import type { DirectorPorts } from './director-ports.ts';
import type { EndedBody } from './ended-body.ts';
import { sessionRefusal } from './refusals.ts';
import { type ActiveRun, createActiveRun, type RunRest } from './run.ts';
import { createTries } from './tries.ts';
import type { View } from './view.ts';

/** Carries out one list at a time: verifies its clips, loads it, lets it sound, records it. */
export interface Performer {
  begin(run: Run, seen: View): void;
  /** Ends what sounds or is being loaded, for this reason. */
  halt(reason: EndReason): Promise<void>;
  candidate(): Candidate | null;
  /** What is still to sound of the list that sounds. */
  rest(): RunRest | null;
  playing: Director['playing'];
  reached(): ReadonlyMap<SessionId, number>;
  retryAtMs(): ReadonlyMap<SessionId, number>;
  /** What sounded up to now without a pause, in epoch milliseconds. */
  continuous(anchor: Anchor): Continuous;
}

/** A performer at rest; `look` is called in the queue when a list was started or is over. */
export const createPerformer = (ports: DirectorPorts, look: () => Promise<void>): Performer => {
  const { tasks, trusted } = ports;
  const tries = createTries();
  let active: ActiveRun | undefined;
  let continuous: Interval | null = null;

  const idle = async () => {
    active = undefined;
    ports.onChange();
    await look();
  };
  const onEnded = async (mine: ActiveRun, slotIndex: number, body: EndedBody) => {
    await ports.writer.write(body);
    if (body.played.toMs > body.played.fromMs) continuous = afterSound(continuous, body.played);
    const nowMs = trusted.nowMs() ?? 0;
    tries.ended(mine.run.candidate.id, { slotIndex, body, nowMs });
    ports.onBroadcast(body);
  };
  const onFinished = async () => {
    if (ports.writer.waiting() === 0) await ports.clearCheckpoint();
    await idle();
  };
  const load = async (mine: ActiveRun) => {
    const items = await verifiedItems(mine.run, ports);
    if (items === undefined || mine.isStopped()) return tasks.run(idle);
    await tasks.run(async () => {
      if (!mine.isStopped()) await bookBegun(mine.run.candidate, ports);
    });
    const isReady = await mine.prepare(items);
    await tasks.run(() => release(mine, isReady));
  };
  const release = async (mine: ActiveRun, isReady: boolean) => {
    const { candidate, segment } = mine.run;
    if (!isReady) {
      ports.refuse(sessionRefusal(candidate, 'playerFailed'));
      tries.failed(candidate.id, trusted.nowMs() ?? 0);
      return idle();
    }
    const startPosMs = trusted.positionMsAt(segment.startMs);
    if (mine.isStopped() || startPosMs === null) return mine.stop('stopped');
    mine.start(startPosMs);
    // Time has passed in loading: the director looks whether the list still may sound.
    await look();
  };
  return {
    begin: (run, seen) => {
      const { volume, capped } = permittedVolume(run.candidate.session.volume, seen.limits);
      if (capped) ports.refuse(sessionRefusal(run.candidate, 'volumeCap'));
      const mine: ActiveRun = createActiveRun({
        run,
        volume,
        player: ports.player,
        clock: ports.clock,
        enqueue: (step) => void tasks.run(step),
        events: {
          onAudible: async () => ports.onChange(),
          onCheckpoint: ports.saveCheckpoint,
          onEnded: ({ slotIndex, body }) => onEnded(mine, slotIndex, body),
          onFinished,
        },
      });
      active = mine;
      tasks.beside(load(mine));
    },
    halt: async (reason) => active?.stop(reason),
    candidate: () => active?.run.candidate ?? null,
    rest: () => active?.rest() ?? null,
    playing: () => {
      const slot = active?.sounding() ?? null;
      if (active === undefined || slot === null) return null;
      const { id, session } = active.run.candidate;
      return { session: id, clip: slot.clip?.sha256 ?? null, drill: session.drill };
    },
    reached: tries.reached,
    retryAtMs: tries.retryAtMs,
    continuous: (anchor) =>
      continuous === null
        ? null
        : { fromMs: wallAt(anchor, continuous.fromMs), toMs: wallAt(anchor, continuous.toMs) },
  };
};

const verifiedItems = async (
  run: Run,
  ports: DirectorPorts,
): Promise<readonly PlayerItem[] | undefined> => {
  const items: PlayerItem[] = [];
  for (const { slot } of run.segment.items) {
    const path = slot.clip === null ? undefined : await ports.cache.verified(slot.clip);
    if (path === undefined) return undefined;
    items.push({ path, durationMs: slot.durationMs });
  }
  return items;
};
