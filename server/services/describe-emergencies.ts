import { localDayAt } from '#runtime/day-table.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { Emergency } from '#schemas/evidence.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { Store } from '../ports/store.ts';
import type { StoredEmergency, StoredEmergencyAnswer } from '../ports/stored-emergency.ts';
import { knownSite } from './known-site.ts';
import { readEmergency } from './sign-emergency.ts';
import { readSiteRules } from './speaker-scope.ts';

/** How many emergencies and cancels a list looks back. */
const MAX_SHOWN = 100;

export interface ShownEmergency {
  readonly id: string;
  readonly issuedMs: number;
  readonly expiresMs: number;
  readonly drill: boolean;
  readonly units: readonly string[];
  readonly speakers: readonly string[];
  readonly bulletins: readonly string[];
  readonly repeats: number;
  readonly volume: number | null;
  readonly state: 'running' | 'cancelled' | 'expired';
}

/** What one speaker said of an emergency; `waiting` as long as no record of it has come. */
export interface SpeakerAnswer {
  readonly speaker: string;
  readonly answer: 'waiting' | 'sounded' | 'cut' | 'refused';
  /** How many items have sounded whole. */
  readonly soundedWhole: number;
  readonly reason: StoredEmergencyAnswer['reason'];
}

/** An emergency with what each speaker that it was meant for has said. */
export interface AnsweredEmergency extends ShownEmergency {
  readonly answers: readonly SpeakerAnswer[];
}

/** The newest emergencies, newest first; cancels are shown in what they cancel. */
export const describeEmergencies = async (
  ports: Pick<ServerPorts, 'store' | 'clock'>,
): Promise<readonly ShownEmergency[]> => {
  const stored = await ports.store.emergencies(MAX_SHOWN);
  const nowMs = ports.clock.wallMs();
  return stored.flatMap((each) => {
    const emergency = readEmergency(each);
    return emergency.cancels === null ? [toShown(each, emergency, nowMs)] : [];
  });
};

/** One emergency with the answers of its speakers. Errors: notFound. */
export const describeEmergency = async (
  { store, clock }: Pick<ServerPorts, 'store' | 'clock'>,
  id: string,
): Promise<Result<AnsweredEmergency, ProblemOf<'notFound'>>> => {
  const stored = await store.emergencyById(id);
  const emergency = stored && readEmergency(stored);
  if (stored === undefined || emergency === undefined || emergency.cancels !== null) {
    return refuse({ code: 'notFound', what: 'emergency', id });
  }
  const said = Map.groupBy(await store.emergencyAnswers(id), ({ speaker }) => speaker);
  const meant = await meantSpeakers(store, emergency);
  const answers = meant.map((speaker) => toAnswer(speaker.id, said.get(speaker.id) ?? []));
  return ok({ ...toShown(stored, emergency, clock.wallMs()), answers });
};

/** By the tree of the day on which it was sent. */
const meantSpeakers = async (store: Store, emergency: Emergency): Promise<readonly Speaker[]> => {
  const [site, rules, speakers] = await Promise.all([
    knownSite(store),
    readSiteRules(store),
    store.speakers(),
  ]);
  const day = localDayAt(emergency.issuedMs, site.zone);
  return speakers.filter(
    (speaker) =>
      speaker.state === 'enrolled' &&
      (emergency.speakers.includes(speaker.id) ||
        rules.unitsAbove(speaker, day).some((unit) => emergency.units.includes(unit))),
  );
};

const toShown = (
  { bulletins, cancelledMs }: StoredEmergency,
  emergency: Emergency,
  nowMs: number,
): ShownEmergency => {
  const { id, issuedMs, expiresMs, drill, units, speakers, repeats, volume } = emergency;
  const open = nowMs < expiresMs ? 'running' : 'expired';
  const state = cancelledMs === null ? open : 'cancelled';
  return { id, issuedMs, expiresMs, drill, units, speakers, bulletins, repeats, volume, state };
};

const toAnswer = (speaker: string, said: readonly StoredEmergencyAnswer[]): SpeakerAnswer => {
  const soundedWhole = said.filter(({ outcome }) => outcome === 'whole').length;
  const last = said.at(-1);
  const answer = soundedWhole > 0 ? 'sounded' : last?.outcome === 'refused' ? 'refused' : 'cut';
  return {
    speaker,
    answer: last === undefined ? 'waiting' : answer,
    soundedWhole,
    reason: last?.reason ?? null,
  };
};
