import type { SessionId } from './session.ts';

/**
 * The planned start that a session id holds, in epoch milliseconds. A forged id may hold one beyond
 * the latest instant: it lies on no day of any table.
 */
export const sessionIdToStartMs = (id: SessionId): number => Number(id.split('-')[1]);

/** Whether the session was started by hand. */
export const isHandSession = (id: SessionId): boolean => id.startsWith('h-');
