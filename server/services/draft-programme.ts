import { reachesOver } from '#core/plan/programme-hours.ts';
import { createId } from '#runtime/clock.ts';
import { addDays, localDayAt } from '#runtime/day-table.ts';
import type { Programme } from '#schemas/entities/programme.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetProgrammeRequest } from '#schemas/requests/airtime.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { changedSince } from './changed-since.ts';
import { type DaysProblem, wrongDays } from './check-days.ts';
import { type EntryFinding, readNames } from './entry-finding.ts';
import { findConflicts } from './find-conflicts.ts';
import { knownSite } from './known-site.ts';
import { laterDay } from './later-day.ts';
import { readSiteTexts } from './speaker-scope.ts';
import { NO_END, unitsBelow } from './units-below.ts';

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'entropy'>;
export type DraftProgrammeProblem =
  | DaysProblem
  | ProblemOf<'unknownUnit' | 'notFound' | 'overtaken'>;

/** A fixed programme as it would stand, and what must be seen before. */
export interface DraftedProgramme {
  readonly programme: Programme;
  /** The one that it is a change of. */
  readonly before: Programme | undefined;
  readonly findings: readonly EntryFinding[];
}

/**
 * The fixed programme that a request would make or change; nothing is written. Unlike a cap it judges
 * nobody, so that it has no versions and holds at once, also today. Rules that plans could not meet
 * any more beside it are findings. Errors: unknownUnit, notFound (no programme has that id),
 * overtaken (it is no longer as it was seen),
 * ruleEndsBeforeStart, ruleYearImplausible. Source: AIRTIME.md, 5.
 */
export const draftProgramme = async (
  ports: Ports,
  { confirmed: _, seen, ...request }: SetProgrammeRequest,
  isExplained = true,
): Promise<Result<DraftedProgramme, DraftProgrammeProblem>> => {
  const { store, clock, entropy } = ports;
  const { id, unit } = request;
  const texts = await readSiteTexts(store);
  if (!texts.units.some((known) => known.id === unit)) return refuse({ code: 'unknownUnit', unit });
  const before = texts.programmes.find((known) => known.id === id);
  if (id !== undefined && before === undefined)
    return refuse({ code: 'notFound', what: 'programme', id });
  const overtaken = before && changedSince(seen, before);
  if (overtaken !== undefined) return refuse(overtaken);
  const today = localDayAt(clock.wallMs(), (await knownSite(store)).zone);
  const wrong = wrongDays(request, undefined, before === undefined ? today : request.from);
  if (wrong !== undefined) return refuse(wrong);
  const programme: Programme = { ...request, id: id ?? createId(clock, entropy) };
  const from = laterDay(programme.from, addDays(today, 1));
  const last = programme.to ?? NO_END;
  const to = programme.to !== null && reachesOver(programme) ? addDays(last, 1) : last;
  const others = texts.programmes.filter((known) => known.id !== programme.id);
  const findings = await findConflicts(
    ports,
    {
      before: texts,
      after: { ...texts, programmes: [...others, programme] },
      units: unitsBelow(programme, texts.units),
      isExplained,
      about: new Set([programme.id]),
      days: from > to ? null : { from, to },
    },
    new Map(await readNames(store)).set(programme.id, programme.name),
  );
  return ok({ programme, before, findings });
};
