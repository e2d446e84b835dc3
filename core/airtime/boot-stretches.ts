import type { Interval } from '#schemas/primitives.ts';
import type { Sound } from './sounds.ts';

/**
 * What sounded in one boot from one position to another with gaps that are small enough. `airtimeMs`
 * is the length of the union of what was audible, by position. `wallFromMs` is the earliest wall time
 * at which a piece of it began, `wallToMs` the latest at which one ended: each piece by the offset
 * of its own record, so that no other record moves it.
 */
export interface BootStretch extends Interval {
  readonly boot: number;
  readonly airtimeMs: number;
  readonly wallFromMs: number;
  readonly wallToMs: number;
}

/** Whether a gap between two positions of a boot is small enough; where sounds overlap it is. */
export type GapJoins = (boot: number, gap: Interval) => boolean;

/** The stretches of (dated) sounds, boot by boot, ascending by position. */
export const stretchesOf = (
  sounds: readonly Heard[],
  gapJoins: GapJoins,
): readonly BootStretch[] => {
  const stretches: BootStretch[] = [];
  let open: Draft | undefined;
  for (const { boot, offsetMs, audible } of inOrder(sounds)) {
    for (const piece of audible) {
      if (open?.boot === boot && gapJoins(boot, { fromMs: open.toMs, toMs: piece.fromMs })) {
        addPiece(open, piece, offsetMs ?? 0);
      } else {
        open = toDraft(boot, piece, offsetMs ?? 0);
        stretches.push(open);
      }
    }
  }
  return stretches;
};

/** A stretch that may still grow. */
type Draft = { -readonly [Key in keyof BootStretch]: BootStretch[Key] };

const toDraft = (boot: number, { fromMs, toMs }: Interval, offsetMs: number): Draft => ({
  boot,
  fromMs,
  toMs,
  airtimeMs: toMs - fromMs,
  wallFromMs: fromMs + offsetMs,
  wallToMs: toMs + offsetMs,
});

const addPiece = (open: Draft, { fromMs, toMs }: Interval, offsetMs: number): void => {
  open.airtimeMs += Math.max(0, toMs - Math.max(fromMs, open.toMs));
  open.toMs = Math.max(open.toMs, toMs);
  open.wallFromMs = Math.min(open.wallFromMs, fromMs + offsetMs);
  open.wallToMs = Math.max(open.wallToMs, toMs + offsetMs);
};

/** A sound, or a part of one, as stretches are made from it. */
export type Heard = Pick<Sound, 'boot' | 'offsetMs' | 'audible'>;

/** Ascending by boot and position; a log in order has it so already, else the parts are taken apart. */
const inOrder = (sounds: readonly Heard[]): readonly Heard[] =>
  isAscending(sounds)
    ? sounds
    : sounds
        .flatMap(({ boot, offsetMs, audible }) =>
          audible.map((part) => ({ boot, offsetMs, audible: [part] })),
        )
        .sort(byPosition);

const byPosition = (a: Heard, b: Heard): number =>
  a.boot - b.boot || (a.audible[0]?.fromMs ?? 0) - (b.audible[0]?.fromMs ?? 0);

const isAscending = (sounds: readonly Heard[]): boolean => {
  let lastBoot = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const { boot, audible } of sounds) {
    for (const { fromMs } of audible) {
      if (boot < lastBoot || (boot === lastBoot && fromMs < lastMs)) return false;
      lastBoot = boot;
      lastMs = fromMs;
    }
  }
  return true;
};
