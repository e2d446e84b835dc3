import { canonicalJson } from '#core/canonical-json.ts';
import { addDays, localDayAt } from '#runtime/day-table.ts';
import { byteCodec, sha256 } from '#runtime/signing.ts';
import type { SignedLock } from '#schemas/inspection.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import type { StoredLock } from '../ports/stored-signed.ts';
import { auditEntry } from './audit-entry.ts';
import { mondayBefore } from './judge-facts.ts';
import { knownSite } from './known-site.ts';
import { signPayload } from './sign-payload.ts';

type Ports = Pick<ServerPorts, 'store' | 'keys' | 'clock' | 'entropy'>;

/** The days after a week's Monday on which it ends. */
const TO_SUNDAY = 6;

/** A locked week, as people are shown it. */
export interface LockedWeek {
  readonly week: LocalDay;
  readonly lockedMs: number;
  readonly lockedBy: string;
}

/**
 * Locks the week that holds a day: what is unknown in it becomes unproven, and what is met by later
 * records is shown as late. How far each log was stored is kept with the lock and signed with the
 * site's key; a lock is never taken back. A record that comes while it is made may count as late.
 * Errors: weekNotOver, alreadyExists, diskFull. Source: AIRTIME.md, 4 (`unproven`).
 */
export const lockWeek = async (
  ports: Ports,
  userId: string,
  day: LocalDay,
): Promise<Result<LockedWeek, ProblemOf<'weekNotOver'> | CommitProblem>> => {
  const { store, clock } = ports;
  const site = await knownSite(store);
  const week = mondayBefore(day);
  const to = addDays(week, TO_SUNDAY);
  const lockedMs = Math.floor(clock.wallMs());
  if (localDayAt(lockedMs, site.zone) <= to) return refuse({ code: 'weekNotOver', to });
  const heads = await readHeads(ports);
  const value = signLock(ports, site.slug, { week, lockedMs, heads, lockedBy: userId });
  const facts = { week, lockedMs, speakers: heads.length };
  const actor = { kind: 'user', id: userId } as const;
  const done = await store.commit({
    changes: [{ do: 'insert', what: 'lock', value }],
    audit: [auditEntry(ports, { actor, action: 'lockWeek', subject: week, facts })],
  });
  return done.ok ? ok({ week, lockedMs, lockedBy: userId }) : done;
};

/** Every log that holds anything, by speaker; what is stored has no hole. */
const readHeads = async ({ store }: Ports): Promise<StoredLock['heads']> => {
  const speakers = await store.speakers();
  const heads = await Promise.all(
    speakers.map(async ({ id }) => ({ speaker: id, seq: (await store.logHead(id)).seq })),
  );
  return heads.filter(({ seq }) => seq > 0);
};

const signLock = (
  { keys }: Ports,
  site: string,
  lock: Omit<StoredLock, 'envelope'>,
): StoredLock => {
  const heads = sha256(byteCodec.textToBytes(canonicalJson(lock.heads)));
  const payload: SignedLock = { v: 1, site, ...lock, heads };
  return { ...lock, envelope: JSON.stringify(signPayload(keys, 'lock', payload)) };
};
