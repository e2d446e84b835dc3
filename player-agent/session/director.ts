import { MINUTE_MS } from '#core/local-time.ts';
import { type Candidate, openSessions } from '#core/playback/candidates.ts';
import { chooseRun, type Run, type RunChoice } from '#core/playback/choose-run.ts';
import type { Interlocks } from '#core/playback/interlocks.ts';
import { firstForbidden } from '#core/playback/reconsider.ts';
import { wallAt } from '#core/playback/wall-anchor.ts';
import type { Timer } from '#runtime/clock.ts';
import type { EndReason } from '#schemas/records/reasons.ts';
import type { SessionId } from '#schemas/session.ts';
import { closeTooLate, followOrders } from './book-changes.ts';
import type { DirectorPorts } from './director-ports.ts';
import { createPerformer } from './performer.ts';
import { itemRefusal, refusalOf, refusalToEndReason } from './refusals.ts';
import { createSilenceWatch } from './silence-watch.ts';
import { createViewer, type Silence, type View } from './view.ts';

/** The longest the director goes without looking, in milliseconds. */
const MAX_WAKE_MS = MINUTE_MS;
/** A list that may not go on ends this long before the instant, so that nothing of it slips out. */
const CUT_EARLY_MS = 20;

/** Decides at each change and each due instant what sounds, and has it carried out. */
export interface Director {
  /** Looks at everything anew; must run in the agent's queue. */
  look(): Promise<void>;
  /** The session that is open now: begun, and not over. */
  openSession(): SessionId | null;
  playing(): {
    readonly session: SessionId;
    readonly clip: string | null;
    readonly drill: boolean;
  } | null;
  /** When an order that waits for quiet hours to end may begin, in epoch milliseconds. */
  waitingUntilMs(): number | null;
  /** Silence, with the record of what sounded; must run in the agent's queue. */
  stop(): Promise<void>;
}

/** A director that has not looked yet. */
export const createDirector = (ports: DirectorPorts): Director => {
  const view = createViewer(ports);
  const watch = createSilenceWatch<Silence | 'documentMissing'>();
  let open: readonly Candidate[] = [];
  let waitingUntilMs: number | null = null;
  let wake: Timer | undefined;
  let isStopped = false;

  const wakeAt = (posMs: number) => {
    wake?.cancel();
    const soonest = ports.clock.positionMs();
    wake = ports.clock.at(Math.max(posMs, soonest), () => void ports.tasks.run(look));
  };
  const performer = createPerformer(ports, () => look());

  const look = async (): Promise<void> => {
    if (isStopped) return;
    const seen = view();
    const causes = causesOf(seen);
    for (const cause of watch.see(causes, ports.trusted.posMs())) {
      if (cause === 'documentMissing') ports.refuse(refusalOf('playlist', cause));
      else if (cause !== 'nothingOrdered') ports.refuse(refusalOf('session', cause));
    }
    if (typeof seen === 'string') {
      wakeAt(ports.clock.positionMs() + MAX_WAKE_MS);
      return;
    }
    const wakeMs = await decide(seen);
    wakeAt(ports.clock.positionMs() + Math.min(wakeMs - seen.nowMs, MAX_WAKE_MS));
  };
  const causesOf = (seen: View | Silence): readonly (Silence | 'documentMissing')[] => {
    if (typeof seen === 'string') return [seen];
    const today = seen.pointer.days[seen.today];
    return today === undefined || ports.documents().has(today) ? [] : ['documentMissing'];
  };
  const decide = async (seen: View): Promise<number> => {
    const orders = followOrders(seen, ports);
    waitingUntilMs = orders.waitingUntilMs;
    if (orders.isStop) await performer.halt('stopped');
    await ports.bookFile.put(orders.bookOf(performer.candidate()));
    const sessions = openSessions({
      ...seen,
      documents: ports.documents(),
      book: ports.bookFile.book(),
    });
    open = sessions.open;
    await closeTooLate(sessions.tooLate, ports);
    const cutMs = await reconsider(seen);
    const choice = chooseRun({
      open,
      nowMs: seen.nowMs,
      reached: performer.reached(),
      retryAtMs: performer.retryAtMs(),
      continuous: performer.continuous(seen.anchor),
      locks: locksOf(seen),
      current: performer.candidate(),
    });
    for (const { candidate, refusal } of choice.refusals)
      ports.refuse(itemRefusal(candidate, refusal));
    await begin(choice, seen);
    return earliest([orders.wakeMs, cutMs, choice.wakeMs]);
  };
  const begin = async ({ run }: RunChoice, seen: View): Promise<void> => {
    if (run === null) return;
    if (performer.candidate() === null) performer.begin(run as Run, seen);
    else await performer.halt('preempted');
  };
  const reconsider = async (seen: View): Promise<number | null> => {
    const rest = performer.rest();
    if (rest === null) return null;
    const startMs = wallAt(seen.anchor, rest.startPosMs);
    const remaining = { items: rest.items, startMs, skipMs: rest.skipMs, nowMs: seen.nowMs };
    const locks = { ...locksOf(seen), hasClip: () => true };
    const forbidden = firstForbidden(remaining, performer.continuous(seen.anchor), locks);
    if (forbidden === null) return null;
    const cutMs = forbidden.fromMs - CUT_EARLY_MS;
    if (cutMs > seen.nowMs) return cutMs;
    await performer.halt(refusalToEndReason(forbidden.reason));
    return null;
  };
  const locksOf = (seen: View): Interlocks => ({
    quiet: seen.quiet,
    withdrawn: new Set(seen.pointer.withdrawn),
    hasClip: ports.cache.has,
    maxContinuousMs: seen.limits.maxContinuousMin * MINUTE_MS,
    uncertaintyMs: seen.uncertaintyMs,
  });
  return {
    look,
    openSession: () => performer.candidate()?.id ?? open.find(isBegun(ports))?.id ?? null,
    playing: performer.playing,
    waitingUntilMs: () => waitingUntilMs,
    stop: async () => {
      isStopped = true;
      wake?.cancel();
      await performer.halt('agentStopped' satisfies EndReason);
    },
  };
};

const isBegun =
  (ports: DirectorPorts) =>
  (candidate: Candidate): boolean => {
    const nowMs = ports.trusted.nowMs() ?? 0;
    const entry = ports.bookFile.book().sessions.find(({ session }) => session === candidate.id);
    return entry?.state === 'begun' && nowMs < candidate.endMs;
  };

const earliest = (instants: readonly (number | null)[]): number =>
  Math.min(...instants.map((instant) => instant ?? Number.POSITIVE_INFINITY));
