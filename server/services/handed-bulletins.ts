import { createUnitTree } from '#core/airtime/unit-tree.ts';
import { PLACEHOLDER } from '#core/speech/hotlines.ts';
import { createDayTable, localDayAt } from '#runtime/day-table.ts';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { staffRoles } from '#schemas/entities/site.ts';
import type { Id } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { SignedInUser } from '../ports/accounts.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { DOWNLOAD } from './describe-thread.ts';
import { knownSite } from './known-site.ts';
import { readScriptNumbers } from './script-numbers.ts';
import { unitToSpan } from './speaker-scope.ts';

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'entropy'>;

/** A bulletin as it is handed to a village: what it is called, and how it is read out. */
export interface HandedBulletin {
  readonly id: Id;
  readonly title: string;
  readonly language: string;
  readonly supplier: string | null;
  readonly version: number;
  readonly clip: string;
  readonly durationMs: number;
  readonly bytes: number;
  readonly releasedMs: number | null;
  readonly expiresMs: number;
  /** The text with its telephone numbers; null where sound was brought without its words. */
  readonly script: string | null;
}

/** What a file is that somebody takes along. */
export type HandedFile = 'audio' | 'txt' | 'docx';

/**
 * The bulletins that a person may take along now, newest release first: released, valid at this
 * instant and meant for their village; a village head's own unit counts, with all units above it,
 * as the tree stands today. Who works at the site gets those of every unit. Idents, closings and
 * trial bulletins are no files for villages. Source: issue 6, 6; directive 002, 3 ("do Công an
 * phường và Bộ phận VHTT cung cấp").
 */
export const readHandedBulletins = async (
  ports: Ports,
  user: Pick<SignedInUser, 'roles' | 'unit'>,
): Promise<readonly HandedBulletin[]> => handedOf(ports, user, await ports.store.bulletins());

const handedOf = async (
  ports: Ports,
  user: Pick<SignedInUser, 'roles' | 'unit'>,
  bulletins: readonly Bulletin[],
): Promise<readonly HandedBulletin[]> => {
  const { store, clock } = ports;
  const nowMs = clock.wallMs();
  const isMeant = await meantForUser(ports, user);
  const standing = bulletins.filter(
    (bulletin) => isHandedOut(bulletin, nowMs) && isMeant(bulletin),
  );
  const hashes = [...new Set(standing.map(({ clip }) => clip))];
  const clips = new Map((await store.clips(hashes)).map((clip) => [clip.sha256, clip]));
  const told = await store.saidNumbers(standing.map(({ id }) => id));
  const said = new Map(told.map((each) => [each.bulletin, each.numbers]));
  const inForce = await readScriptNumbers(ports);
  // Of the words of a recording nobody knows which number they say but by the script.
  const numbersOf = ({ id, script, manner, units }: Bulletin): Numbers =>
    manner === null && script !== null
      ? Object.fromEntries(inForce({ script, units }))
      : (said.get(id) ?? {});
  return standing
    .toSorted((a, b) => (b.releasedMs ?? 0) - (a.releasedMs ?? 0))
    .flatMap((bulletin) => {
      const clip = clips.get(bulletin.clip);
      return clip === undefined ? [] : [toHanded(bulletin, clip, numbersOf(bulletin))];
    });
};

const isHandedOut = (bulletin: Bulletin, nowMs: number): boolean =>
  bulletin.state === 'released' &&
  !bulletin.trial &&
  (bulletin.role === 'bulletin' || bulletin.role === 'hotline') &&
  bulletin.validFromMs <= nowMs &&
  nowMs < bulletin.expiresMs;

const meantForUser = async (
  { store, clock }: Ports,
  { roles, unit }: Pick<SignedInUser, 'roles' | 'unit'>,
): Promise<(bulletin: Bulletin) => boolean> => {
  if (staffRoles.some((role) => roles.includes(role))) return () => true;
  if (unit === null) return () => false;
  const today = localDayAt(clock.wallMs(), (await knownSite(store)).zone);
  const path = createUnitTree((await store.units()).map(unitToSpan)).pathOn(unit, today);
  const above = new Set(path.map((step) => step.unit));
  return ({ units }) =>
    path.length > 0 && (units.length === 0 || units.some((id) => above.has(id)));
};

type Numbers = Readonly<Record<string, string | null>>;

const PLACEHOLDERS = new RegExp(PLACEHOLDER, 'gu');

/** The script as it is read from paper: with the numbers that its clip says, without marks for repeats. */
const readable = (script: string, numbers: Numbers): string =>
  script.replaceAll(PLACEHOLDERS, (all, key: string) => numbers[key] ?? all).replaceAll('**', '');

const toHanded = (
  { id, title, language, supplier, version, clip, releasedMs, expiresMs, script }: Bulletin,
  { durationMs, bytes }: { readonly durationMs: number; readonly bytes: number },
  numbers: Numbers,
): HandedBulletin => ({
  ...{ id, title, language, supplier, version, clip, durationMs, bytes, releasedMs, expiresMs },
  script: script === null ? null : readable(script, numbers),
});

/** Whether the audit says already that this person took this file along on this day of the site. */
const isKnown = async ({ store, clock }: Ports, userId: string, taken: Taken): Promise<boolean> => {
  const { zone } = await knownSite(store);
  const [row] = createDayTable(zone, localDayAt(clock.wallMs(), zone), 1);
  const deed = { actor: userId, action: DOWNLOAD, subject: taken.id, fromMs: row?.startMs ?? 0 };
  return (await store.deedsSince(deed)).some(
    ({ facts }) => facts.file === taken.file && facts.clip === taken.clip,
  );
};

interface Taken {
  readonly id: Id;
  readonly file: HandedFile;
  readonly clip: string;
}

/**
 * One bulletin that a person takes along as a file now, and the audit knows who did, once a day for
 * each file: browsers fetch one file in many requests. Errors: notFound (also for what is not for this
 * person, not released, or not valid now, and for a script where there is none), diskFull.
 */
export const handBulletin = async (
  ports: Ports,
  user: Pick<SignedInUser, 'id' | 'roles' | 'unit'>,
  { id, file }: { readonly id: Id; readonly file: HandedFile },
): Promise<Result<HandedBulletin, ProblemOf<'notFound'> | CommitProblem>> => {
  const asked = await ports.store.bulletinById(id);
  const [bulletin] = asked === undefined ? [] : await handedOf(ports, user, [asked]);
  if (bulletin === undefined || (file !== 'audio' && bulletin.script === null)) {
    return refuse({ code: 'notFound', what: 'bulletin', id });
  }
  const actor = { kind: 'user', id: user.id } as const;
  const { clip } = bulletin;
  if (await isKnown(ports, user.id, { id, file, clip })) return ok(bulletin);
  const facts = { file, clip, unit: user.unit };
  const done = await ports.store.commit({
    changes: [],
    audit: [auditEntry(ports, { actor, action: DOWNLOAD, subject: id, facts })],
  });
  return done.ok ? ok(bulletin) : done;
};
