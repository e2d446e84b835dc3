import type { DirectorPorts } from '../session/director-ports.ts';
import type { Performer } from '../session/performer.ts';
import { type AtBox, type AtBoxInput, playAtBox } from './play-at-box.ts';

/** What came of the wish to hold a drill. */
export type DrillAnswer = `drill${AtBox}`;

/**
 * Lets sound what is kept at hand to say that all is only a drill: the list among the alerts that is
 * marked as one. It needs no server.
 */
export const playDrill = (
  input: Omit<AtBoxInput, 'slots' | 'playlist'>,
  performer: Performer,
  ports: DirectorPorts,
): DrillAnswer => {
  const documents = ports.documents();
  for (const playlist of ports.limits()?.alerts ?? []) {
    const session = documents.get(playlist)?.sessions[0];
    if (!session?.drill || session.slots.length === 0) continue;
    return `drill${playAtBox({ ...input, slots: session.slots, playlist }, performer, ports)}`;
  }
  return 'drillNotReady';
};
