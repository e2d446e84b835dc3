import { slotLengthMs } from '#core/playback/segment.ts';
import type { Sha256 } from '#schemas/primitives.ts';
import type { Exclusive } from '../exclusive.ts';
import type { PlayerItem } from '../ports/player.ts';
import { bookBegun } from './book-changes.ts';
import type { DirectorPorts } from './director-ports.ts';
import { sessionRefusal } from './refusals.ts';
import type { ActiveRun } from './run.ts';
import type { Tries } from './tries.ts';

/** What the performer does about a run that is loading; both run in the agent's queue. */
export interface LoadSteps {
  readonly tries: Tries;
  /** The player loads one list at a time. */
  readonly exclusively: Exclusive;
  /** There is no list any more. */
  readonly idle: () => Promise<void>;
  readonly look: () => Promise<void>;
}

/**
 * Verifies the clips of a run, loads them and lets the list go at its instant. It runs beside the
 * agent's queue, because hashing and loading take a while; each step that decides runs in it.
 */
export const loadRun = async (
  mine: ActiveRun,
  ports: DirectorPorts,
  steps: LoadSteps,
): Promise<void> => {
  const { tasks } = ports;
  const items = await verifiedItems(mine, ports);
  if (items === undefined || mine.isStopped()) return tasks.run(steps.idle);
  await tasks.run(async () => {
    if (!mine.isStopped()) await bookBegun(mine.run.candidate, ports);
  });
  const isReady = await steps.exclusively(async () => !mine.isStopped() && mine.prepare(items));
  await tasks.run(() => (isReady ? release(mine, ports, steps) : giveUp(mine, ports, steps)));
};

const release = async (mine: ActiveRun, ports: DirectorPorts, steps: LoadSteps): Promise<void> => {
  const startPosMs = ports.trusted.positionMsAt(mine.run.segment.startMs);
  if (mine.isStopped() || startPosMs === null) return mine.stop('stopped');
  mine.start(startPosMs);
  // Time has passed in loading: the director looks whether the list still may sound.
  await steps.look();
};

const giveUp = async (mine: ActiveRun, ports: DirectorPorts, steps: LoadSteps): Promise<void> => {
  if (mine.isStopped()) return steps.idle();
  const { candidate } = mine.run;
  ports.refuse(sessionRefusal(candidate, 'playerFailed'));
  steps.tries.failed(candidate.id, ports.trusted.nowMs() ?? 0);
  await steps.idle();
};

const verifiedItems = async (
  { run, isStopped }: ActiveRun,
  ports: DirectorPorts,
): Promise<readonly PlayerItem[] | undefined> => {
  const paths = new Map<Sha256, string>();
  for (const { clip } of run.segment.items) {
    if (isStopped()) return undefined;
    if (clip === null || paths.has(clip.sha256)) continue;
    const path = await ports.cache.verified(clip);
    if (path === undefined) return undefined;
    paths.set(clip.sha256, path);
  }
  return run.segment.items.flatMap((slot) => {
    const path = paths.get(slot.clip?.sha256 ?? '');
    return path === undefined ? [] : [{ path, durationMs: slotLengthMs(slot) }];
  });
};
