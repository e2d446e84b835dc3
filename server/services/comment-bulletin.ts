import { createId } from '#runtime/clock.ts';
import type { BulletinComment } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';

/** The most that is written about all versions of one bulletin. */
export const MAX_BULLETIN_COMMENTS = 500;

/**
 * Writes something about a bulletin, whatever its state; nobody can change or remove it any more, and
 * open screens show it at once. Errors: notFound, listFull, diskFull. Source: issue 6, 6.
 */
export const commentBulletin = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  userId: string,
  { id, text }: { readonly id: string; readonly text: string },
): Promise<Result<BulletinComment, ProblemOf<'notFound' | 'listFull'> | CommitProblem>> => {
  const { store, clock, entropy } = ports;
  const bulletin = await store.bulletinById(id);
  if (bulletin === undefined) return refuse({ code: 'notFound', what: 'bulletin', id });
  const { first } = bulletin;
  if ((await store.bulletinComments(first)).length >= MAX_BULLETIN_COMMENTS) {
    return refuse({ code: 'listFull', most: MAX_BULLETIN_COMMENTS });
  }
  const value: BulletinComment = {
    id: createId(clock, entropy),
    first,
    bulletin: id,
    author: userId,
    text,
    atMs: Math.floor(clock.wallMs()),
  };
  const actor = { kind: 'user', id: userId } as const;
  const facts = { comment: value.id, text };
  const done = await store.commit({
    changes: [{ do: 'insert', what: 'bulletinComment', value }],
    audit: [auditEntry(ports, { actor, action: 'commentBulletin', subject: id, facts })],
  });
  return done.ok ? ok(value) : done;
};
