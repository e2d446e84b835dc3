import * as z from 'zod';
import type { Id } from './primitives.ts';

/**
 * A session's id holds its planned start. Planned: `p-` + start in epoch milliseconds. By hand:
 * `h-` + the instant of starting + `-` + the id of the order that started it. Make-good: `m-` +
 * start. Two sessions of one speaker never start in the same millisecond.
 * Source: AIRTIME.md, 2 ("A session's id contains its planned start").
 */
export const sessionIdSchema = z
  .string()
  .max(80)
  .regex(/^(p-\d{1,15}|m-\d{1,15}|h-\d{1,15}-[0-9a-f-]{36})$/)
  .meta({ id: 'SessionId' });
export type SessionId = z.infer<typeof sessionIdSchema>;

/** The id of the session planned at `startMs`. */
export const plannedSessionId = (startMs: number): SessionId => `p-${startMs}`;

/** The id of the session that begins at `startMs` to repay another. */
export const makeGoodSessionId = (startMs: number): SessionId => `m-${startMs}`;

/** The id of the session that order `orderId` started by hand at `startMs`. */
export const handSessionId = (startMs: number, orderId: Id): SessionId => `h-${startMs}-${orderId}`;
