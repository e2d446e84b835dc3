import { MINUTE_MS } from '#core/local-time.ts';
import { type Candidate, sortSessions, withMakeGoods } from '#core/playback/candidates.ts';
import { chooseRun, type Run, type RunChoice } from '#core/playback/choose-run.ts';
import { type Interlocks, slotRefusal } from '#core/playback/interlocks.ts';
import { slotLengthMs } from '#core/playback/segment.ts';
import { wallAt } from '#core/playback/wall-anchor.ts';
import type { EmergencyKeeper } from '../emergency/emergency-keeper.ts';
import type { MakeGoodKeeper } from '../make-good/make-good-keeper.ts';
import { closeSorted, followOrders } from './book-changes.ts';
import type { DirectorPorts } from './director-ports.ts';
import type { Performer } from './performer.ts';
import { itemRefusal, refusalToEndReason } from './refusals.ts';
import type { View } from './view.ts';

/** What was decided at one instant. Instants are epoch milliseconds. */
export interface Decided {
  readonly open: readonly Candidate[];
  /** When an order that waits for quiet hours to end may begin. */
  readonly waitingUntilMs: number | null;
  /** When to look again; infinite when nothing is ahead. */
  readonly wakeMs: number;
}

/** Who carries out what is decided. */
export interface Hands {
  readonly performer: Performer;
  readonly makeGoods: MakeGoodKeeper;
  readonly emergencies: EmergencyKeeper;
}

/**
 * Reads, lets `core` decide, and has it carried out: an emergency, then orders, then what sounds, then
 * what is next.
 */
export const decideNow = async (
  seen: View,
  ports: DirectorPorts,
  { performer, makeGoods, emergencies }: Hands,
): Promise<Decided> => {
  const locks = locksOf(seen, ports, seen.cautionMs);
  const urgent = await emergencies.decide(seen, locks, performer);
  if (urgent.play !== null) await giveWay(urgent.play, seen, performer);
  const current = performer.candidate();
  // Whoever presses stop does not silence an emergency: that is cancelled. A restart waits for its end.
  const isOrdinary = current?.emergency === undefined;
  const mayRestart = isOrdinary && urgent.play === null && !urgent.isWaiting;
  const taken = { has: performer.hasTaken };
  const orders = followOrders({ ...seen, taken }, ports, mayRestart);
  if (orders.isStop && isOrdinary) await performer.halt('stopped');
  await ports.bookFile.put(orders.bookOf(isOrdinary ? current : null));
  if (orders.deliverFromSeq !== null) ports.onDeliver(orders.deliverFromSeq);
  if (orders.isRestart) ports.onRestart();
  const documents = ports.documents();
  const sounding = performer.candidate()?.id ?? null;
  const book = ports.bookFile.book();
  const sorted = sortSessions({ ...seen, taken, documents, book, current: sounding });
  await closeSorted(sorted, ports);
  const restarting = sorted.open
    .filter(({ session }) => session.late?.do === 'restart')
    .map(({ id, startMs, endMs }) => ({ id, fromMs: startMs, toMs: endMs }));
  const undecidedMs = await makeGoods.decide(seen, locks, { sounding, restarting });
  const placed = makeGoods.placed();
  const open = withMakeGoods(sorted.open, placed, { ...seen, book: ports.bookFile.book() });
  await cutForbidden(seen, ports, performer);
  const choice = chooseRun({
    open,
    nowMs: seen.nowMs,
    reached: performer.reached(),
    retryAtMs: performer.retryAtMs(),
    continuous: performer.continuous(seen.anchor),
    locks,
    current: performer.candidate(),
  });
  for (const { candidate, refusal } of choice.refusals) {
    ports.refuse(itemRefusal(candidate, refusal));
    // A clip may still come, and its item is joined then.
    const isOver = refusal.reason !== 'clipMissing';
    if (isOver) performer.passOver(candidate.id, refusal.slot.offsetMs);
  }
  if (urgent.play === null && !urgent.isWaiting) await carryOut(choice, seen, performer);
  const wakeMs = Math.min(
    urgent.wakeMs,
    undecidedMs,
    orders.wakeMs ?? Number.POSITIVE_INFINITY,
    choice.wakeMs ?? Number.POSITIVE_INFINITY,
  );
  return { open, waitingUntilMs: orders.waitingUntilMs, wakeMs };
};

const carryOut = async ({ run }: RunChoice, seen: View, performer: Performer): Promise<void> => {
  if (run === null) return;
  // What outranks the list that sounds ends it; it is chosen again once there is silence.
  if (performer.candidate() === null) performer.begin(run, seen);
  else await performer.halt('preempted');
};

/** Lets the emergency sound; whatever else sounds or is loaded ends for it. */
const giveWay = async (play: Run, seen: View, performer: Performer): Promise<void> => {
  const current = performer.candidate();
  if (current === null) performer.begin(play, seen);
  // A repeat that has just sounded whole clears away by itself.
  else if (current.emergency !== play.candidate.emergency) await performer.halt('preempted');
};

/** Ends the list that sounds when the item that sounds or begins may not sound any more. */
const cutForbidden = async (
  seen: View,
  ports: DirectorPorts,
  performer: Performer,
): Promise<void> => {
  const item = performer.current();
  if (item === null) return;
  const fromMs = wallAt(seen.anchor, item.fromPosMs);
  const sound = { fromMs, toMs: fromMs + slotLengthMs(item.slot) - item.skipMs };
  const isEmergency = performer.candidate()?.emergency !== undefined;
  const all = { ...locksOf(seen, ports, seen.uncertaintyMs), hasClip: () => true };
  const locks = isEmergency ? { ...all, quiet: [] } : all;
  const before = isEmergency ? null : performer.continuous(seen.anchor);
  const reason = slotRefusal(item.slot, { sound, before }, locks);
  if (reason !== null) await performer.halt(refusalToEndReason(reason));
};

/** What every item is held against now. */
export const locksOf = (seen: View, ports: DirectorPorts, uncertaintyMs: number): Interlocks => ({
  quiet: seen.quiet,
  withdrawn: new Set(seen.pointer.withdrawn),
  hasClip: ports.cache.has,
  maxContinuousMs: seen.limits.maxContinuousMin * MINUTE_MS,
  uncertaintyMs,
});
