import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import type { Id } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { AuditEntry } from '../ports/store.ts';

/** How the audit names that somebody took the file along. */
export const DOWNLOAD = 'downloadBulletin';

/** What is done to a bulletin, by the audit's names; few of each. */
const changingDeeds = [
  'bringBulletin',
  'releaseStarterBulletin',
  'changeBulletin',
  'submitBulletin',
  'releaseBulletin',
  'rejectBulletin',
  'withdrawBulletin',
  'commentBulletin',
] as const;
const deeds = [...changingDeeds, DOWNLOAD] as const;
export type BulletinDeed = (typeof deeds)[number];

/** One thing that happened to a version, or was written about it. */
export interface ThreadEntry {
  readonly id: Id;
  readonly atMs: number;
  /** The version that it was about. */
  readonly bulletin: Id;
  readonly version: number;
  readonly deed: BulletinDeed;
  /** The name of who did it; null for the system itself. */
  readonly by: string | null;
  /** A comment, or the reason of a refusal or of a version; null otherwise. */
  readonly text: string | null;
}

/** A bulletin through all its versions: oldest first, both lists. */
export interface BulletinThread {
  readonly versions: readonly Bulletin[];
  readonly entries: readonly ThreadEntry[];
}

/**
 * The versions of a bulletin, and who brought, changed, submitted, released, rejected, withdrew,
 * downloaded or commented them, when and with which words: from the audit, where nothing is ever
 * changed. Errors: notFound. Source: issue 6, 5 and 6.
 */
export const describeThread = async (
  { store }: Pick<ServerPorts, 'store'>,
  id: string,
): Promise<Result<BulletinThread, ProblemOf<'notFound'>>> => {
  const bulletin = await store.bulletinById(id);
  if (bulletin === undefined) return refuse({ code: 'notFound', what: 'bulletin', id });
  const versions = await store.bulletinVersions(bulletin.first);
  const ids = versions.map((version) => version.id);
  // Apart, so that however often it is taken along, it is known who brought and released it.
  const done = await store.auditOf(ids, changingDeeds);
  const taken = await store.auditOf(ids, [DOWNLOAD]);
  const audit = [...done, ...taken].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const names = new Map((await store.users()).map((user) => [user.id, user.name]));
  const nameOf = ({ kind, id: who }: Actor): string | null =>
    kind === 'user' ? (names.get(who) ?? who) : null;
  const versionById = new Map(versions.map((version) => [version.id, version]));
  return ok({
    versions,
    entries: audit.flatMap((entry) => {
      const version = versionById.get(entry.subject);
      const deed = deeds.find((each) => each === entry.action);
      if (version === undefined || deed === undefined) return [];
      const about = { bulletin: version.id, version: version.version, deed };
      const { atMs, actor } = entry;
      return [
        { id: entry.id, atMs, ...about, by: nameOf(actor), text: wordsOf(entry, deed, version) },
      ];
    }),
  });
};

const wordsOf = (
  { facts }: AuditEntry,
  deed: BulletinDeed,
  { versionReason }: Bulletin,
): string | null => {
  if (deed === 'bringBulletin') return versionReason;
  const words = deed === 'commentBulletin' ? facts.text : facts.reason;
  return typeof words === 'string' ? words : null;
};
