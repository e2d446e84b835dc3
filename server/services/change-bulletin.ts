import { createUnitTree } from '#core/airtime/unit-tree.ts';
import { createId } from '#runtime/clock.ts';
import { localDayAt } from '#runtime/day-table.ts';
import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { ChangeBulletinRequest } from '#schemas/requests/bulletin.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { Change, CommitProblem, Store } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { changedSince } from './changed-since.ts';
import { checkValidity, unknownReference } from './describe-bulletin.ts';
import { type BulletinFacts, type FactChange, factChange } from './fact-change.ts';
import { findBulletin } from './find-bulletin.ts';
import { knownSite } from './known-site.ts';
import { nextVersion } from './next-version.ts';
import { refuseTwin } from './refuse-twin.ts';
import { wrongNumbers } from './script-numbers.ts';
import { unitToSpan } from './speaker-scope.ts';

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'entropy'>;

export type ChangeBulletinProblem =
  | ProblemOf<
      | 'notFound'
      | 'wrongState'
      | 'unknownCampaign'
      | 'unknownUnit'
      | 'requestInvalid'
      | 'overtaken'
      | 'numberMissing'
      | 'unitNameMissing'
      | 'soundAlreadyBrought'
    >
  | CommitProblem;

type WrongNumbers = NonNullable<Awaited<ReturnType<typeof wrongNumbers>>>;

interface Asked {
  readonly id: string;
  readonly request: ChangeBulletinRequest;
}

/** A bulletin, its facts as they would stand, and what the change of them means. */
interface Wanted {
  readonly bulletin: Bulletin;
  readonly facts: BulletinFacts;
  /** The words of a recording, or the text that is read out. */
  readonly script: string | null;
  readonly change: FactChange;
  readonly reason: string | null;
}

/**
 * Changes what is said of a bulletin besides its sound; what is left out stays. Words for people and
 * whatever lets it sound less hold at once; so does all else in a draft of one's own. Otherwise the
 * answer is the next version, with the same sound: a draft's is a draft, any other waits for the
 * approver, and a released one sounds as before until then. The audit keeps what stood before. Errors:
 * notFound, wrongState (withdrawn or replaced), unknownCampaign, unknownUnit, requestInvalid (it would
 * expire before it may sound; the script of what a voice reads out), overtaken (it is no longer as it was
 * seen), numberMissing and unitNameMissing
 * (a placeholder in the words of a recording), soundAlreadyBrought (a rejected one, whose sound another
 * bulletin has by now), changedMeanwhile, alreadyExists (two make the next
 * version at once), diskFull. Source: docs/adr/0019-each-version-is-a-bulletin.md.
 */
export const changeBulletin = async (
  ports: Ports,
  actor: Actor,
  asked: Asked,
): Promise<Result<Bulletin, ChangeBulletinProblem>> => {
  const checked = await checkChange(ports, asked);
  if (!checked.ok) return checked;
  const { bulletin, change } = checked.value;
  if (change === 'none') return ok(bulletin);
  return holdsAtOnce(checked.value, actor)
    ? changeInPlace(ports, actor, checked.value)
    : makeVersion(ports, actor, checked.value);
};

const checkChange = async (
  ports: Ports,
  { id, request }: Asked,
): Promise<Result<Wanted, ChangeBulletinProblem>> => {
  const { store, clock } = ports;
  const found = await findBulletin(store, id, ['draft', 'submitted', 'released', 'rejected']);
  if (!found.ok) return found;
  const bulletin = found.value;
  const { reason = null, script: words, seen, ...changed } = request;
  const overtaken = changedSince(seen, { ...factsOf(bulletin), script: bulletin.script });
  if (overtaken !== undefined) return refuse(overtaken);
  const attached = await attachScript(ports, bulletin, words);
  if (!attached.ok) return attached;
  const script = attached.value;
  const facts: BulletinFacts = { ...factsOf(bulletin), ...changed };
  const unknown = await unknownReference(store, facts);
  if (unknown !== undefined) return refuse(unknown);
  const validity = checkValidity(facts);
  if (!validity.ok) return validity;
  const today = localDayAt(clock.wallMs(), (await knownSite(store)).zone);
  const tree = createUnitTree((await store.units()).map(unitToSpan));
  const isBelow = (unit: string, above: string): boolean =>
    unit === above || tree.pathOn(unit, today).some((span) => span.unit === above);
  const isSameScript = script === bulletin.script;
  const change = isSameScript ? factChange(factsOf(bulletin), facts, isBelow) : 'anew';
  return ok({ bulletin, facts, script, change, reason });
};

/**
 * The script with these words attached to a recording; approvers release what inspectors and villages
 * read, so that a placeholder without a number is refused as it is in a text.
 */
const attachScript = async (
  ports: Ports,
  bulletin: Bulletin,
  words: string | undefined,
): Promise<Result<string | null, ProblemOf<'requestInvalid'> | WrongNumbers>> => {
  const script = words === undefined ? bulletin.script : words || null;
  if (script === bulletin.script) return ok(script);
  if (bulletin.manner !== null) {
    return refuse({ code: 'requestInvalid', issues: [{ path: 'script', issue: 'spoken' }] });
  }
  const isDraft = bulletin.state === 'draft';
  const wrong = isDraft ? undefined : await wrongNumbers(ports, { ...bulletin, script });
  return wrong === undefined ? ok(script) : refuse(wrong);
};

/** What the audit keeps of a change; a script only where it is another one. */
const toAudit = ({ bulletin, facts, script, reason }: Wanted) => ({
  before: factsOf(bulletin),
  after: facts,
  reason,
  ...(script !== bulletin.script && { script: { before: bulletin.script, after: script } }),
});

const factsOf = (bulletin: Bulletin): BulletinFacts => {
  const { title, language, supplier, campaigns, units, priority, validFromMs, expiresMs } =
    bulletin;
  return { title, language, supplier, campaigns, units, priority, validFromMs, expiresMs };
};

/** A rejected one comes back as another version, whatever was changed; a foreign draft is not touched. */
const holdsAtOnce = ({ bulletin, change }: Wanted, actor: Actor): boolean => {
  if (bulletin.state === 'rejected') return false;
  if (change === 'words') return true;
  if (bulletin.state === 'released') return change === 'less';
  const { kind, id } = bulletin.createdBy;
  return bulletin.state === 'draft' && kind === actor.kind && id === actor.id;
};

const changeInPlace = async (
  ports: Ports,
  actor: Actor,
  wanted: Wanted,
): Promise<Result<Bulletin, CommitProblem>> => {
  const { bulletin, facts, script } = wanted;
  const { id } = bulletin;
  const value: Bulletin = { ...bulletin, ...facts, script };
  const change = toAudit(wanted);
  const done = await ports.store.commit({
    guards: [{ kind: 'sameBulletin', value: bulletin }],
    changes: [{ do: 'put', what: 'bulletin', value }],
    audit: [auditEntry(ports, { actor, action: 'changeBulletin', subject: id, facts: change })],
  });
  return done.ok ? ok(value) : done;
};

/** The version with the same sound says what that one says, by the same people's deeds. */
const sameNumbers = async (
  store: Pick<Store, 'saidNumbers'>,
  { id }: Bulletin,
  bulletin: string,
): Promise<readonly Change[]> =>
  (await store.saidNumbers([id])).map((said) => ({
    ...({ do: 'insert', what: 'saidNumbers' } as const),
    value: { ...said, bulletin },
  }));

const makeVersion = async (
  ports: Ports,
  actor: Actor,
  wanted: Wanted,
): Promise<Result<Bulletin, ProblemOf<'soundAlreadyBrought'> | CommitProblem>> => {
  const { bulletin, facts, script, reason } = wanted;
  const { store } = ports;
  const { clip, first } = bulletin;
  // Once it was rejected, its sound was anybody's.
  const isBack = bulletin.state === 'rejected';
  const twin = isBack ? await refuseTwin(store, { clip, first }) : undefined;
  if (twin !== undefined) return refuse(twin);
  const next = await nextVersion(store, { replaces: bulletin, reason });
  const value: Bulletin = {
    ...bulletin,
    ...facts,
    script,
    ...next.facts,
    id: createId(ports.clock, ports.entropy),
    state: bulletin.state === 'draft' ? 'draft' : 'submitted',
    rejectReason: null,
    createdBy: actor,
    createdMs: Math.floor(ports.clock.wallMs()),
    releasedMs: null,
  };
  const change = { replaces: bulletin.id, ...toAudit(wanted) };
  const subject = value.id;
  const done = await store.commit({
    guards: [
      ...(isBack ? [{ kind: 'clipUnused', clip, first } as const] : []),
      { kind: 'sameBulletin', value: bulletin },
      ...next.guards,
    ],
    changes: [
      ...next.changes,
      { do: 'insert', what: 'bulletin', value },
      ...(await sameNumbers(store, bulletin, subject)),
    ],
    audit: [auditEntry(ports, { actor, action: 'bringBulletin', subject, facts: change })],
  });
  return done.ok ? ok(value) : done;
};
