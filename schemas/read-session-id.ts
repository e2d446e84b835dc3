import type { SessionId } from './session.ts';

/** What stands before the planned start: the kind of session and a hyphen. */
const PREFIX_LENGTH = 2;

/**
 * The planned start that a session id holds, in epoch milliseconds. A forged id may hold one beyond
 * the latest instant: it lies on no day of any table.
 */
export const sessionIdToStartMs = (id: SessionId): number =>
  Number.parseInt(id.slice(PREFIX_LENGTH), 10);

/** Whether the session repays one that was missed. */
export const isMakeGoodSession = (id: SessionId): boolean => id.startsWith('m-');

/** Whether the session was started by hand. */
export const isHandSession = (id: SessionId): boolean => id.startsWith('h-');
