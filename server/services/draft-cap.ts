import { createId } from '#runtime/clock.ts';
import { addDays, localDayAt } from '#runtime/day-table.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetCapRequest } from '#schemas/requests/airtime.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { StoredCap } from '../ports/store.ts';
import { type DaysProblem, wrongDays } from './check-days.ts';
import { type EntryFinding, readNames } from './entry-finding.ts';
import { findConflicts } from './find-conflicts.ts';
import { knownSite } from './known-site.ts';
import { laterDay } from './later-day.ts';
import { readSiteTexts, type SiteTexts } from './speaker-scope.ts';
import { NO_END, unitsBelow } from './units-below.ts';

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'entropy'>;
export type DraftCapProblem = DaysProblem | ProblemOf<'unknownUnit' | 'notFound'>;

/** A cap as it would stand, the version before it as it would end, and what must be seen before. */
export interface DraftedCap {
  readonly cap: StoredCap;
  readonly ended: StoredCap | null;
  readonly findings: readonly EntryFinding[];
}

/**
 * The cap, or the new version of one, that a request would make; nothing is written. A new version
 * is in force from tomorrow at the earliest, and the one before it ends on the day before, so that
 * days that have begun are judged by what held on them. Rules that plans could not meet any more are
 * findings. Errors: unknownUnit, notFound (no cap has that id), ruleEndsBeforeStart,
 * ruleYearImplausible. Source: AIRTIME.md, 1 and 4.
 */
export const draftCap = async (
  ports: Ports,
  request: SetCapRequest,
  isExplained = true,
): Promise<Result<DraftedCap, DraftCapProblem>> => {
  const { store, clock } = ports;
  const { id, unit } = request;
  const [texts, caps] = await Promise.all([readSiteTexts(store), store.caps()]);
  if (!texts.units.some((known) => known.id === unit)) return refuse({ code: 'unknownUnit', unit });
  const before = caps.filter((cap) => cap.id === id).at(-1);
  if (id !== undefined && before === undefined)
    return refuse({ code: 'notFound', what: 'cap', id });
  const today = localDayAt(clock.wallMs(), (await knownSite(store)).zone);
  const cap = nextVersion(ports, request, { before, today });
  const wrong = wrongDays(cap, undefined, before === undefined ? today : cap.from);
  if (wrong !== undefined) return refuse(wrong);
  const ended = before === undefined ? null : endedBefore(before, cap.from);
  const findings = await findingsOf(ports, { texts, cap, ended, today, isExplained });
  return ok({ cap, ended, findings });
};

interface History {
  readonly before: StoredCap | undefined;
  readonly today: LocalDay;
}

const nextVersion = (
  { clock, entropy }: Ports,
  { confirmed: _, ...request }: SetCapRequest,
  { before, today }: History,
): StoredCap => {
  const from = before === undefined ? request.from : laterDay(request.from, addDays(today, 1));
  const id = before?.id ?? createId(clock, entropy);
  return { ...request, id, from, version: (before?.version ?? 0) + 1 };
};

const endedBefore = (cap: StoredCap, day: LocalDay): StoredCap => {
  const last = addDays(day, -1);
  return { ...cap, to: cap.to === null || cap.to > last ? last : cap.to };
};

interface DraftFacts {
  readonly texts: SiteTexts;
  readonly cap: StoredCap;
  readonly ended: StoredCap | null;
  readonly today: LocalDay;
  readonly isExplained: boolean;
}

const findingsOf = async (
  ports: Ports,
  { texts, cap, ended, today, isExplained }: DraftFacts,
): Promise<readonly EntryFinding[]> => {
  const names = await readNames(ports.store);
  const from = laterDay(cap.from, addDays(today, 1));
  const to = cap.to ?? NO_END;
  const caps = (await ports.store.caps()).map((known) =>
    known.id === ended?.id && known.version === ended.version ? ended : known,
  );
  return findConflicts(
    ports,
    {
      before: texts,
      after: { ...texts, caps: [...caps, cap] },
      units: unitsBelow(cap, texts.units),
      isExplained,
      about: new Set([cap.id]),
      days: from > to ? null : { from, to },
    },
    new Map(names).set(cap.id, names.get(cap.unit) ?? cap.unit),
  );
};
