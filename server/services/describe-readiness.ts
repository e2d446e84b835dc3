import { preflightFaultsOf } from '#core/preflight/judge-preflight.ts';
import { breathe } from '#runtime/clock.ts';
import { addDays, createDayTable, localDayAt } from '#runtime/day-table.ts';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import type { Health } from '#schemas/health.ts';
import type { Preflight, PreflightFault } from '#schemas/preflight.ts';
import type { Id } from '#schemas/primitives.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { knownSite } from './known-site.ts';

/** A bulletin that was withdrawn, and that a speaker may not know of yet. */
export interface UnheardWithdrawal {
  readonly bulletin: Id;
  readonly title: string;
}

/** Whether an enrolled speaker can go on by itself for fourteen days, as far as it has said. */
export interface SpeakerReadiness {
  readonly speaker: Id;
  readonly online: boolean;
  /** When its health last came, in epoch milliseconds; null when not since the server's start. */
  readonly healthMs: number | null;
  readonly clock: Health['clock'] | null;
  readonly lostRecords: Health['lostRecords'];
  /** By which device it sounds, and whether that is another than the one that was set. */
  readonly output: Health['output'] | null;
  /** Whether what left its player was not heard when it was last listened for. */
  readonly isSilent: boolean;
  readonly preflight: Preflight | null;
  readonly faults: readonly PreflightFault[];
  /** Until it has confirmed the pointer that withdraws them, it may still play them. */
  readonly unheard: readonly UnheardWithdrawal[];
}

/** So many are read at once; then others are served, who wait for the same thread. */
const SPEAKERS_AT_A_TIME = 100;

type Ports = Pick<ServerPorts, 'store' | 'watch' | 'clock'>;

/** How ready each enrolled speaker is, in the order of the speakers. Source: issue 5, 4. */
export const describeReadiness = async (ports: Ports): Promise<readonly SpeakerReadiness[]> => {
  const { store, clock } = ports;
  const nowMs = Math.floor(clock.wallMs());
  const { zone } = await knownSite(store);
  const table = createDayTable(zone, addDays(localDayAt(nowMs, zone), -1), 2);
  const withdrawn = (await store.bulletins()).filter((bulletin) => mayStillSound(bulletin, nowMs));
  const speakers = (await store.speakers()).filter(({ state }) => state === 'enrolled');
  const found: SpeakerReadiness[] = [];
  for (const { id } of speakers) {
    if (found.length % SPEAKERS_AT_A_TIME === SPEAKERS_AT_A_TIME - 1) await breathe();
    const { online, health, healthMs } = ports.watch.stateOf(id);
    const report = await store.reportOf(id);
    const preflight = report?.preflight ?? null;
    found.push({
      speaker: id,
      online,
      healthMs,
      clock: health?.clock ?? null,
      lostRecords: health?.lostRecords ?? null,
      output: health?.output ?? null,
      isSilent: health?.isSilent ?? false,
      preflight,
      faults: preflightFaultsOf(preflight, { table, nowMs }),
      unheard: await unheardBy(ports, { id, revision: report?.pointerRevision ?? 0 }, withdrawn),
    });
  }
  return found;
};

/** Withdrawn after it was released, and not expired: an expired one is refused by the speaker. */
const mayStillSound = ({ state, releasedMs, expiresMs }: Bulletin, nowMs: number): boolean =>
  state === 'withdrawn' && releasedMs !== null && expiresMs > nowMs;

const unheardBy = async (
  { store }: Ports,
  { id, revision }: { readonly id: Id; readonly revision: number },
  withdrawn: readonly Bulletin[],
): Promise<readonly UnheardWithdrawal[]> => {
  if (withdrawn.length === 0) return [];
  const withdrawals = (await store.pointerOf(id))?.withdrawals ?? {};
  return withdrawn
    .filter((bulletin) => revision < (withdrawals[bulletin.id] ?? Number.POSITIVE_INFINITY))
    .map((bulletin) => ({ bulletin: bulletin.id, title: bulletin.title }));
};
