import { createUnitTree } from '#core/airtime/unit-tree.ts';
import { localDayAt } from '#runtime/day-table.ts';
import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import type { Ident } from '#schemas/entities/ident.ts';
import type { Id } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetIdentRequest } from '#schemas/requests/ident.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { knownSite } from './known-site.ts';
import { unitToSpan } from './speaker-scope.ts';

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'entropy'>;
type Unfit = ProblemOf<'unknownUnit' | 'notFound' | 'wrongState' | 'requestInvalid'>;

const invalid = (path: string, issue: string): Unfit => ({
  code: 'requestInvalid',
  issues: [{ path, issue }],
});

/** Whether what an approver released for some units may be heard in all of this one. */
const isMeantFor = async ({ store, clock }: Ports, { units }: Bulletin, unit: Id | null) => {
  if (units.length === 0 || unit === null) return units.length === 0;
  const today = localDayAt(clock.wallMs(), (await knownSite(store)).zone);
  const tree = createUnitTree((await store.units()).map(unitToSpan));
  return tree.pathOn(unit, today).some((step) => units.includes(step.unit));
};

/** The bulletin's released version, if it may open or close the sessions there. */
const findFitting = async (
  ports: Ports,
  id: Id,
  { role, unit }: SetIdentRequest,
): Promise<Result<Bulletin, Unfit>> => {
  const asked = await ports.store.bulletinById(id);
  if (asked === undefined) return refuse({ code: 'notFound', what: 'bulletin', id });
  const versions = await ports.store.bulletinVersions(asked.first);
  const onAir = versions.find(({ state }) => state === 'released');
  if (onAir === undefined) {
    return refuse({ code: 'wrongState', what: 'bulletin', state: asked.state });
  }
  if (onAir.role !== role || onAir.trial) return refuse(invalid('bulletin', `role: ${onAir.role}`));
  if (!(await isMeantFor(ports, onAir, unit))) return refuse(invalid('unit', 'bulletin.units'));
  return ok(onAir);
};

/**
 * What opens or closes the sessions of a unit, and of what has none of its own below it, from the next
 * plan on: a bulletin that an approver has released for it, or none of its own. The audit keeps the
 * one before. Errors: unknownUnit, notFound, wrongState (no version of it is released), requestInvalid
 * (it has another role, or is meant for other units), alreadyExists, changedMeanwhile, diskFull.
 * Source: issue 6, 5; ADR 0027.
 */
export const setIdent = async (
  ports: Ports,
  actor: Actor,
  request: SetIdentRequest,
): Promise<Result<Ident, Unfit | CommitProblem>> => {
  const { store, clock } = ports;
  const { role, unit } = request;
  if (unit !== null && !(await store.units()).some(({ id }) => id === unit)) {
    return refuse({ code: 'unknownUnit', unit });
  }
  const fitting =
    request.bulletin === null ? undefined : await findFitting(ports, request.bulletin, request);
  if (fitting?.ok === false) return fitting;
  const before = (await store.idents()).find((each) => each.role === role && each.unit === unit);
  const bulletin = fitting?.value.first ?? null;
  const changedMs = Math.floor(clock.wallMs());
  const value: Ident = { role, unit, bulletin, changedBy: actor, changedMs };
  const facts = { ...request, bulletin, before: before?.bulletin ?? null };
  const subject = bulletin ?? before?.bulletin ?? role;
  const done = await store.commit({
    changes: [{ do: 'put', what: 'ident', value }],
    audit: [auditEntry(ports, { actor, action: 'setIdent', subject, facts })],
  });
  return done.ok ? ok(value) : done;
};
