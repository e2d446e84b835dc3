import { unionOf } from '#core/airtime/intervals.ts';
import { cutIntervals } from '#core/plan/intervals.ts';
import type { Logged } from '#tests/support/evidence.ts';

interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * A clip, or a part of one, as a recording of the sink has it; its first sample lies at `originMs`,
 * also where the part begins later. Instants are epoch milliseconds.
 */
export interface HeardAt extends Stretch {
  readonly clip: string;
  readonly originMs: number;
}

/** How far a log and a recording say different things of one broadcast. Lengths in milliseconds. */
export interface Difference {
  readonly seq: number;
  /** How much later the clip was heard than the log says; null when it was not heard. */
  readonly startErrorMs: number | null;
  /** What the log claims as audible and nobody could hear. */
  readonly inventedMs: number;
  /** What was heard and the log does not claim. */
  readonly unclaimedMs: number;
  /** For who looks at a difference: how it ended and how long it played by the log. */
  readonly logged: string;
  /** The pieces that were heard, from the start that the log has. */
  readonly heard: readonly string[];
}

const lengthOf = ({ fromMs, toMs }: Stretch): number => toMs - fromMs;

const without = (stretches: readonly Stretch[], others: readonly Stretch[]): number =>
  stretches
    .flatMap((stretch) => cutIntervals(stretch, unionOf([...others])))
    .reduce((sum, left) => sum + lengthOf(left), 0);

/** Where the clip's first sample lies by the log: a clip that was joined late is cut at its front. */
const originOf = ({ record, fromMs, toMs }: Logged): number => {
  const isJoined = record.reason === 'joinedLate';
  return isJoined ? toMs - (record.item.durationMs ?? 0) : fromMs;
};

/**
 * Holds each broadcast of a log against what was heard of its clip: a recording that has the clip
 * later, shorter, longer or not at all disagrees. What was heard belongs to a broadcast when it
 * overlaps with it; another clip is never taken for it.
 */
export const holdAgainst = (
  logged: readonly Logged[],
  heard: readonly HeardAt[],
): readonly Difference[] =>
  logged.map((broadcast) => {
    const { seq, record, audible, fromMs, toMs } = broadcast;
    const own = heard.filter(
      (each) => each.clip === record.item.clip && each.fromMs < toMs && fromMs < each.toMs,
    );
    const [longest] = own.toSorted((a, b) => lengthOf(b) - lengthOf(a));
    return {
      seq,
      startErrorMs: longest === undefined ? null : longest.originMs - originOf(broadcast),
      inventedMs: without(audible, own),
      unclaimedMs: without(own, audible),
      logged: `${record.session} ${record.reason ?? record.outcome} ${toMs - fromMs}`,
      heard: own.map(
        (each) =>
          `${Math.round(each.fromMs - fromMs)}–${Math.round(each.toMs - fromMs)}` +
          ` of ${Math.round(each.originMs - fromMs)}`,
      ),
    };
  });
