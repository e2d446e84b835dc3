import {
  chooseAnchor,
  needsClockRecord,
  positionAt,
  uncertaintyAt,
  wallAt,
} from '#core/playback/wall-anchor.ts';
import type { Clock } from '#runtime/clock.ts';
import type { Anchor, ClockState } from '#schemas/records/clock-state.ts';

/** The wall time as the agent may trust it: never the system's own clock. */
export interface TrustedClock {
  /** Null while nothing vouches for the time. */
  anchor(): Anchor | null;
  /** Epoch milliseconds; null while untrusted. */
  nowMs(): number | null;
  /** How far `nowMs` may be off, in milliseconds; null while untrusted. */
  uncertaintyMs(): number | null;
  /** This boot's position at a wall instant; null while untrusted. */
  positionMsAt(wallMs: number): number | null;
  /** Whole milliseconds since the start of the agent. */
  posMs(): number;
  /** What a record says about the clock. */
  state(): ClockState;
  /** Takes an anchor when it is better than the one that is held. */
  offer(anchor: Anchor): void;
}

export interface TrustedClockOptions {
  readonly clock: Clock;
  /** The anchor was set or moved so far that the log must be told. */
  readonly onTold: (anchor: Anchor) => void;
  /** Another anchor holds from now on. */
  readonly onMoved: () => void;
}

/** A clock that nothing vouches for yet. */
export const createTrustedClock = (options: TrustedClockOptions): TrustedClock => {
  let held: Anchor | null = null;
  let told: Anchor | null = null;
  let signed: Anchor | null = null;
  const posMs = () => Math.floor(options.clock.positionMs());
  return {
    anchor: () => held,
    nowMs: () => (held === null ? null : wallAt(held, options.clock.positionMs())),
    uncertaintyMs: () => (held === null ? null : uncertaintyAt(held, options.clock.positionMs())),
    positionMsAt: (wallMs) => (held === null ? null : positionAt(held, wallMs)),
    posMs,
    state: () =>
      held === null
        ? { source: 'none', offsetMs: null, uncertaintyMs: null }
        : {
            source: held.source,
            offsetMs: held.wallMs - held.posMs,
            uncertaintyMs: uncertaintyAt(held, posMs()),
          },
    offer: (anchor) => {
      const chosen = chooseAnchor(held, anchor, signed);
      if (anchor.source === 'server') signed = anchor;
      if (chosen === held || chosen === null) return;
      held = chosen;
      if (needsClockRecord(told, chosen)) {
        told = chosen;
        options.onTold(chosen);
      }
      options.onMoved();
    },
  };
};
