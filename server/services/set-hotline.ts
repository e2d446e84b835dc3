import { createId } from '#runtime/clock.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { Hotline } from '#schemas/entities/hotline.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetHotlineRequest } from '#schemas/requests/hotline.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem, Guard } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { changedSince } from './changed-since.ts';
import { holdBack } from './hold-back.ts';

/** The most numbers of a site: a dozen for each village of a commune of a hundred. */
const MAX_HOTLINES = 1200;

/**
 * The number that scripts with `{key}` read for a unit from now on; what says another one is spoken
 * anew and waits for its approver. What is on the air with another number goes on meanwhile, because
 * ordered airtime must not fall silent over one line of it, unless it is to be held back: then it is
 * taken off the air in the same commit, for good; what reads the right one, for its own unit, stays.
 * The audit keeps the number before. Errors: overtaken (another number stands there than was seen),
 * unknownUnit, listFull, alreadyExists (it was entered twice at once), changedMeanwhile, diskFull.
 */
export const setHotline = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  request: SetHotlineRequest,
): Promise<
  Result<Hotline, ProblemOf<'unknownUnit' | 'listFull' | 'overtaken'> | CommitProblem>
> => {
  const { store, clock, entropy } = ports;
  const { key, unit } = request;
  if (unit !== null && !(await store.units()).some(({ id }) => id === unit)) {
    return refuse({ code: 'unknownUnit', unit });
  }
  const known = await store.hotlines();
  const before = known.find((line) => line.key === key && line.unit === unit);
  if (before === undefined && known.length >= MAX_HOTLINES) {
    return refuse({ code: 'listFull', most: MAX_HOTLINES });
  }
  const { holdBack: isHeldBack, seen: number, ...line } = request;
  const seen = number === undefined ? undefined : { number };
  const overtaken = changedSince(seen, { number: before?.number ?? null });
  if (overtaken !== undefined) return refuse(overtaken);
  const id = before?.id ?? createId(clock, entropy);
  // Who has only renamed it has not made what says the number.
  const { changedBy, changedMs } =
    before?.number === line.number
      ? before
      : { changedBy: actor, changedMs: Math.floor(clock.wallMs()) };
  const value: Hotline = { ...line, id, changedBy, changedMs };
  const entered = [...known.filter((each) => each.id !== id), value];
  const heldBack = isHeldBack ? await holdBack(ports, key, entered) : [];
  const facts = {
    ...{ ...line, before: before?.number ?? null },
    heldBack: heldBack.map(({ guard }) => guard.id),
  };
  const done = await store.commit({
    guards: [...guardOf(before), ...heldBack.map(({ guard }) => guard)],
    changes: [
      { do: before === undefined ? 'insert' : 'put', what: 'hotline', value },
      ...heldBack.map(({ change }) => change),
    ],
    audit: [auditEntry(ports, { actor, action: 'setHotline', subject: id, facts })],
  });
  return done.ok ? ok(value) : done;
};

const guardOf = (before: Hotline | undefined): readonly Guard[] =>
  before === undefined ? [] : [{ kind: 'sameHotline', value: before }];
