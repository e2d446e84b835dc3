import type { SessionId } from '#schemas/session.ts';
import type { LogLine } from './dating.ts';
import { isEmergency, isSound } from './sounds.ts';

/**
 * Which session is open after a line, as far as the line tells: what a heartbeat says (null when none
 * is), and the session of a broadcast, which may go on. Undefined of a line that does not tell: a boot
 * or an anchor, a refusal, a drill, an emergency that pre-empts, and all after the instant of judging.
 */
const openAfter = (line: LogLine): SessionId | null | undefined => {
  if (line.afterInstant) return undefined;
  if (line.record.kind === 'heartbeat') return line.record.openSession;
  if (!isSound(line) || line.record.drill || isEmergency(line)) return undefined;
  return line.record.session;
};

/** Which session is open after the last of the lines up to an index that tells; undefined if none does. */
export const openUpTo = (
  lines: readonly LogLine[],
  index: number,
): SessionId | null | undefined => {
  for (let at = index; at >= 0; at -= 1) {
    const line = lines[at];
    const open = line === undefined ? undefined : openAfter(line);
    if (open !== undefined) return open;
  }
  return undefined;
};
