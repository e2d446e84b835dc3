import { byUrgency, decideRepeat, isMeantFor, type Repeat } from '#core/playback/emergencies.ts';
import { afterRepeat, type BookedEmergency, newlyBooked } from '#core/playback/emergency-book.ts';
import type { Interlocks } from '#core/playback/interlocks.ts';
import type { Id } from '#schemas/primitives.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';
import { handSessionId } from '#schemas/session.ts';
import { createDayLog } from '../make-good/day-log.ts';
import type { DirectorPorts } from '../session/director-ports.ts';
import type { Performer } from '../session/performer.ts';
import { itemRefusal, refusalOf } from '../session/refusals.ts';
import type { View } from '../session/view.ts';
import type { OpenEmergency } from './emergency-file.ts';
import { reachedInLog } from './reached-in-log.ts';

/** What emergencies come to at one instant. */
export interface EmergenciesDecided {
  /** The repeat that sounds or is to sound now; nothing else is let in beside it. */
  readonly play: Extract<Repeat, { kind: 'play' }> | null;
  /** Whether the player failed and the repeat is tried again later. */
  readonly isWaiting: boolean;
  /** When to look again, in epoch milliseconds; infinite when nothing is ahead. */
  readonly wakeMs: number;
}

/** Decides about the emergencies that were sent, and remembers how far each has come. */
export interface EmergencyKeeper {
  /** Looks at everything anew; must run in the agent's queue. */
  decide(seen: View, locks: Interlocks, performer: Performer): Promise<EmergenciesDecided>;
}

const nothing: EmergenciesDecided = {
  play: null,
  isWaiting: false,
  wakeMs: Number.POSITIVE_INFINITY,
};

/** A keeper that has not looked yet. */
export const createEmergencyKeeper = (ports: DirectorPorts): EmergencyKeeper => {
  const { emergencies, who, logger } = ports;
  const dayLog = createDayLog(ports.log);
  /** How far repeats had come that were under way when the agent was started. */
  const recovered = new Map<Id, number>();
  let isRecovered = false;

  const recover = async () => {
    isRecovered = true;
    for (const { entry } of emergencies.open()) {
      if (entry.startMs === null) continue;
      const log = (await dayLog.since(entry.startMs)) ?? [];
      recovered.set(entry.id, reachedInLog(log, handSessionId(entry.startMs, entry.id)));
    }
  };
  const refuse = (entry: BookedEmergency, reason: RefusalReason, state: 'over' | 'cancelled') => {
    emergencies.put({ ...entry, state, isTold: true });
    ports.refuse({ ...refusalOf('emergency', reason), emergency: entry.id });
  };
  const cancel = async (id: Id, performer: Performer) => {
    const entry = emergencies.entry(id) ?? { ...newlyBooked(id, ''), message: null };
    if (entry.state !== 'open') {
      if (entry.message === null) emergencies.put({ ...entry, state: 'cancelled' });
      return;
    }
    logger.info({ event: 'emergencyCancelled', emergency: id });
    if (performer.candidate()?.emergency === id) {
      emergencies.put({ ...entry, state: 'cancelled' });
      await performer.halt('stopped');
    } else if (entry.message === null) emergencies.put({ ...entry, state: 'cancelled' });
    else refuse(entry, 'withdrawn', 'cancelled');
  };
  /** Refuses what is meant for others, and obeys what cancels. */
  const sortOut = async (seen: View, performer: Performer) => {
    const addressee = { ...who, units: seen.limits.units ?? [] };
    for (const { emergency, entry } of emergencies.open()) {
      if (!isMeantFor(emergency, addressee)) {
        refuse(entry, 'wrongSpeaker', 'over');
        continue;
      }
      if (emergency.cancels !== null) await cancel(emergency.cancels, performer);
      if (emergency.playlist === null) emergencies.put({ ...entry, state: 'over', isTold: true });
    }
  };
  const reachedOf = ({ emergency, entry }: OpenEmergency, performer: Performer): number => {
    if (entry.startMs === null) return 0;
    const session = handSessionId(entry.startMs, emergency.id);
    return performer.reached().get(session) ?? recovered.get(emergency.id) ?? 0;
  };
  const decideOne = (
    open: OpenEmergency,
    { seen, locks, performer }: Looking,
  ): EmergenciesDecided | 'again' => {
    const { emergency, entry } = open;
    const { repeat, refusals } = decideRepeat({
      ...{ emergency, entry, locks, nowMs: seen.nowMs, uncertaintyMs: seen.uncertaintyMs },
      documents: ports.documents(),
      maxVolume: seen.limits.maxVolume,
      reachedMs: reachedOf(open, performer),
      isSounding: performer.candidate()?.emergency === emergency.id,
    });
    for (const { candidate, refusal } of refusals) {
      ports.refuse({ ...itemRefusal(candidate, refusal), emergency: emergency.id });
    }
    if (repeat.kind === 'incomplete') return { ...nothing, wakeMs: emergency.expiresMs };
    if (repeat.kind === 'end') {
      if (repeat.reason === null) emergencies.put({ ...entry, state: 'over' });
      else refuse(entry, repeat.reason, 'over');
      return nothing;
    }
    if (repeat.kind === 'done') {
      recovered.delete(entry.id);
      emergencies.put(afterRepeat(entry, { repeats: emergency.repeats, nowMs: seen.nowMs }));
      return 'again';
    }
    const retryMs = performer.retryAtMs().get(repeat.candidate.id) ?? 0;
    if (retryMs > seen.nowMs) return { play: null, isWaiting: true, wakeMs: retryMs };
    if (entry.startMs === null) emergencies.put({ ...entry, startMs: repeat.candidate.startMs });
    return { play: repeat, isWaiting: false, wakeMs: Number.POSITIVE_INFINITY };
  };
  /** The most urgent one that can sound. */
  const decideAll = (looking: Looking): EmergenciesDecided => {
    let wakeMs = Number.POSITIVE_INFINITY;
    const all = emergencies.open().toSorted((a, b) => byUrgency(a.emergency, b.emergency));
    for (const { entry } of all) {
      let decided: EmergenciesDecided | 'again' = 'again';
      while (decided === 'again') {
        const open = emergencies.open().find((one) => one.entry.id === entry.id);
        decided = open === undefined ? nothing : decideOne(open, looking);
      }
      wakeMs = Math.min(wakeMs, decided.wakeMs);
      if (decided.play !== null || decided.isWaiting) return { ...decided, wakeMs };
    }
    return { ...nothing, wakeMs };
  };
  return {
    decide: async (seen, locks, performer) => {
      if (!isRecovered) await recover();
      await sortOut(seen, performer);
      const decided = decideAll({ seen, locks, performer });
      await emergencies.save();
      return decided;
    },
  };
};

interface Looking {
  readonly seen: View;
  readonly locks: Interlocks;
  readonly performer: Performer;
}
