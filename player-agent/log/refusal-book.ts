import type { RecordBody } from '#schemas/records/log-record.ts';
import type { SessionId } from '#schemas/session.ts';

/** How many refusals are remembered, so that one cause is written once. */
const MAX_REMEMBERED = 1_000;
/** How many refused messages are written in one hour; whoever sends garbage fills no disk. */
export const MAX_MESSAGES_PER_HOUR = 30;
const HOUR_MS = 3_600_000;

export type RefusedBody = Extract<RecordBody, { kind: 'refused' }>;

/** Knows which refusals have been written, so that the same cause is not written at every tick. */
export interface RefusalBook {
  /** Whether this is to be written, at this position; `message` tells refused messages apart. */
  isNew(body: RefusedBody, posMs: number, message?: string): boolean;
  /** Whether anything of the session was refused. */
  hasSession(session: SessionId): boolean;
}

/** An empty book; the oldest entries are forgotten first. */
export const createRefusalBook = (): RefusalBook => {
  const known = new Map<string, SessionId | null>();
  let hour = 0;
  let messages = 0;
  const hasRoom = (posMs: number): boolean => {
    const now = Math.floor(posMs / HOUR_MS);
    if (now !== hour) messages = 0;
    hour = now;
    messages += 1;
    return messages <= MAX_MESSAGES_PER_HOUR;
  };
  return {
    isNew: (body, posMs, message) => {
      const { what, reason, session, clip, bulletin, emergency } = body;
      const key = [what, reason, session, clip, bulletin, emergency, message].join('|');
      if (known.has(key)) return false;
      if (message !== undefined && !hasRoom(posMs)) return false;
      known.set(key, session);
      if (known.size > MAX_REMEMBERED) {
        for (const oldest of known.keys()) return known.delete(oldest);
      }
      return true;
    },
    hasSession: (session) => [...known.values()].includes(session),
  };
};
