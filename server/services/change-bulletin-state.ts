import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';

interface StateChange {
  readonly actor: Actor;
  readonly action: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly next: Pick<Bulletin, 'state'> & Partial<Pick<Bulletin, 'rejectReason'>>;
}

/** Writes the bulletin's next state, if nobody has changed it meanwhile. Errors: changedMeanwhile, diskFull. */
export const changeBulletinState = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  bulletin: Bulletin,
  { actor, action, facts = {}, next }: StateChange,
): Promise<Result<Bulletin, CommitProblem>> => {
  const value: Bulletin = { ...bulletin, ...next };
  const { id, clip } = bulletin;
  const done = await ports.store.commit({
    guards: [{ kind: 'sameBulletin', value: bulletin }],
    changes: [{ do: 'put', what: 'bulletin', value }],
    audit: [auditEntry(ports, { actor, action, subject: id, facts: { ...facts, clip } })],
  });
  return done.ok ? ok(value) : done;
};
