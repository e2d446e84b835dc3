import { MINUTE_MS } from '#core/local-time.ts';
import { type Candidate, openSessions } from '#core/playback/candidates.ts';
import { chooseRun, type RunChoice } from '#core/playback/choose-run.ts';
import type { Interlocks } from '#core/playback/interlocks.ts';
import { firstForbidden } from '#core/playback/reconsider.ts';
import { wallAt } from '#core/playback/wall-anchor.ts';
import { closeTooLate, followOrders } from './book-changes.ts';
import type { DirectorPorts } from './director-ports.ts';
import type { Performer } from './performer.ts';
import { itemRefusal, refusalToEndReason } from './refusals.ts';
import type { View } from './view.ts';

/** A list that may not go on ends this long before the instant, so that nothing of it slips out. */
const CUT_EARLY_MS = 20;

/** What was decided at one instant. Instants are epoch milliseconds. */
export interface Decided {
  readonly open: readonly Candidate[];
  /** When an order that waits for quiet hours to end may begin. */
  readonly waitingUntilMs: number | null;
  /** When to look again; infinite when nothing is ahead. */
  readonly wakeMs: number;
}

/** Reads, lets `core` decide, and has it carried out: orders, then what sounds, then what is next. */
export const decideNow = async (
  seen: View,
  ports: DirectorPorts,
  performer: Performer,
): Promise<Decided> => {
  const orders = followOrders(seen, ports);
  if (orders.isStop) await performer.halt('stopped');
  await ports.bookFile.put(orders.bookOf(performer.candidate()));
  const documents = ports.documents();
  const { open, tooLate } = openSessions({ ...seen, documents, book: ports.bookFile.book() });
  await closeTooLate(tooLate, ports);
  const cutMs = await cutForbidden(seen, ports, performer);
  const choice = chooseRun({
    open,
    nowMs: seen.nowMs,
    reached: performer.reached(),
    retryAtMs: performer.retryAtMs(),
    continuous: performer.continuous(seen.anchor),
    locks: locksOf(seen, ports),
    current: performer.candidate(),
  });
  for (const { candidate, refusal } of choice.refusals) {
    ports.refuse(itemRefusal(candidate, refusal));
  }
  await carryOut(choice, seen, performer);
  const wakes = [orders.wakeMs, cutMs, choice.wakeMs];
  const wakeMs = Math.min(...wakes.map((ms) => ms ?? Number.POSITIVE_INFINITY));
  return { open, waitingUntilMs: orders.waitingUntilMs, wakeMs };
};

const carryOut = async ({ run }: RunChoice, seen: View, performer: Performer): Promise<void> => {
  if (run === null) return;
  // What outranks the list that sounds ends it; it is chosen again once there is silence.
  if (performer.candidate() === null) performer.begin(run, seen);
  else await performer.halt('preempted');
};

/** Ends the list that sounds if it may not go on; when that will be, if it is later. */
const cutForbidden = async (
  seen: View,
  ports: DirectorPorts,
  performer: Performer,
): Promise<number | null> => {
  const rest = performer.rest();
  if (rest === null) return null;
  const { items, skipMs, startPosMs } = rest;
  const startMs = wallAt(seen.anchor, startPosMs);
  const remaining = { items, skipMs, startMs, nowMs: seen.nowMs };
  const locks = { ...locksOf(seen, ports), hasClip: () => true };
  const forbidden = firstForbidden(remaining, performer.continuous(seen.anchor), locks);
  if (forbidden === null) return null;
  const cutMs = forbidden.fromMs - CUT_EARLY_MS;
  if (cutMs > seen.nowMs) return cutMs;
  await performer.halt(refusalToEndReason(forbidden.reason));
  return null;
};

const locksOf = (seen: View, ports: DirectorPorts): Interlocks => ({
  quiet: seen.quiet,
  withdrawn: new Set(seen.pointer.withdrawn),
  hasClip: ports.cache.has,
  maxContinuousMs: seen.limits.maxContinuousMin * MINUTE_MS,
  uncertaintyMs: seen.uncertaintyMs,
});
