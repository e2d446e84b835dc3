import type { Health } from '#schemas/health.ts';
import type { Anchor } from '#schemas/records/clock-state.ts';
import type { RefusedBody } from './log/refusal-book.ts';
import type { EndedBody } from './session/ended-body.ts';

/** What parts of an agent tell one another; each is connected once all parts are there. */
export interface AgentWires {
  /** The log must be told of this anchor. */
  anchorTold: (anchor: Anchor) => void;
  /** Another anchor holds. */
  anchorMoved: () => void;
  /** A record is on disk. */
  written: () => void;
  refused: (body: RefusedBody) => void;
  broadcast: (body: EndedBody) => void;
  /** The server asks for the log from this number on. */
  deliver: (fromSeq: number) => void;
  /** Nothing is heard of what sounds, or it is heard again. */
  silence: (isSilent: boolean) => void;
  /** Something that health shows changed. */
  changed: () => void;
  /** Something changed that may let a session begin or end. */
  look: () => void;
}

/** Wires that lead nowhere yet. */
export const looseWires = (): AgentWires => ({
  anchorTold: () => undefined,
  anchorMoved: () => undefined,
  written: () => undefined,
  refused: () => undefined,
  broadcast: () => undefined,
  deliver: () => undefined,
  silence: () => undefined,
  changed: () => undefined,
  look: () => undefined,
});

/** What health remembers of the latest of each kind. */
export type LastSeen = {
  -readonly [K in 'lastBroadcast' | 'lastRefusal' | 'outputRmsDbfs' | 'isSilent']: Health[K];
};
