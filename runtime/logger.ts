import { type Logger, pino } from 'pino';

export type { Logger };

/** A logger of structured events to standard error; `event` names what happened, the rest are facts. */
export const createLogger = (part: string, level: string): Logger =>
  pino({ base: { part }, level }, pino.destination(2));
