import type { RecordBody } from '#schemas/records/log-record.ts';
import type { SessionId } from '#schemas/session.ts';

/** How many refusals are remembered, so that one cause is written once. */
const MAX_REMEMBERED = 1_000;

export type RefusedBody = Extract<RecordBody, { kind: 'refused' }>;

/** Knows which refusals have been written, so that the same cause is not written at every tick. */
export interface RefusalBook {
  /** Whether this is new; `about` tells two messages apart that say the same. */
  isNew(body: RefusedBody, about?: string): boolean;
  /** Whether anything of the session was refused. */
  hasSession(session: SessionId): boolean;
}

/** An empty book; the oldest entries are forgotten first. */
export const createRefusalBook = (): RefusalBook => {
  const known = new Map<string, SessionId | null>();
  return {
    isNew: (body, about = '') => {
      const { what, reason, session, clip, bulletin } = body;
      const key = [what, reason, session, clip, bulletin, about].join('|');
      if (known.has(key)) return false;
      known.set(key, session);
      if (known.size > MAX_REMEMBERED)
        for (const oldest of known.keys()) return known.delete(oldest);
      return true;
    },
    hasSession: (session) => [...known.values()].includes(session),
  };
};
