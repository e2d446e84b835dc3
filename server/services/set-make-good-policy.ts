import type { Actor } from '#schemas/entities/bulletin.ts';
import type { MakeGoodMode } from '#schemas/make-good.ts';
import type { Id } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetMakeGoodPolicyRequest } from '#schemas/requests/make-good.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import {
  DEFAULT_MODE,
  type MakeGoodModes,
  makeGoodModesToChange,
  readMakeGoodModes,
} from './make-good-modes.ts';

/**
 * Whether the speakers of the site, or of a unit and those below it, repay by themselves what was
 * missed; speakers are told signed. Without a mode a unit follows those above it again, and the site
 * has the default. Errors: unknownUnit, changedMeanwhile, diskFull.
 */
export const setMakeGoodPolicy = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy' | 'replan'>,
  actor: Actor,
  request: SetMakeGoodPolicyRequest,
): Promise<Result<MakeGoodModes, ProblemOf<'unknownUnit'> | CommitProblem>> => {
  const { store } = ports;
  const { unit, mode } = request;
  if (unit !== null && !(await store.units()).some(({ id }) => id === unit)) {
    return refuse({ code: 'unknownUnit', unit });
  }
  const before = await readMakeGoodModes(store);
  const modes = unit === null ? withSite(before, mode) : withUnit(before, unit, mode);
  const deed = { actor, action: 'setMakeGoodPolicy', subject: unit ?? 'site', facts: request };
  const done = await store.commit({
    changes: [makeGoodModesToChange(modes)],
    audit: [auditEntry(ports, deed)],
  });
  if (!done.ok) return done;
  ports.replan.request('makeGoodPolicySet');
  return ok(modes);
};

const withSite = (modes: MakeGoodModes, mode: MakeGoodMode | null): MakeGoodModes => ({
  ...modes,
  site: mode ?? DEFAULT_MODE,
});

const withUnit = (modes: MakeGoodModes, unit: Id, mode: MakeGoodMode | null): MakeGoodModes => {
  const { [unit]: _, ...others } = modes.units;
  return { ...modes, units: mode === null ? others : { ...others, [unit]: mode } };
};
