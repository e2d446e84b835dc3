import type { Interval } from '#schemas/primitives.ts';
import type { Sound } from './sounds.ts';

/**
 * What was audible of (dated) sounds as instants, ascending by boot and position, no position of a boot
 * twice. By the wall they may overlap: an anchor that moved back, or a boot whose clock was late, takes
 * nothing away from what sounded. Source: AIRTIME.md, 2 (positions; two boots never overlap).
 */
export const heardParts = (sounds: readonly Sound[]): readonly Interval[] => {
  const parts = sounds
    .flatMap(({ audible, boot, offsetMs }) =>
      audible.map((part) => ({ ...part, boot, offsetMs: offsetMs ?? 0 })),
    )
    .sort((a, b) => a.boot - b.boot || a.fromMs - b.fromMs);
  const heard: Interval[] = [];
  let boot: number | undefined;
  let toMs = 0;
  for (const part of parts) {
    const fromMs = part.boot === boot ? Math.max(part.fromMs, toMs) : part.fromMs;
    toMs = part.boot === boot ? Math.max(part.toMs, toMs) : part.toMs;
    boot = part.boot;
    const { offsetMs } = part;
    if (fromMs < part.toMs) heard.push({ fromMs: fromMs + offsetMs, toMs: part.toMs + offsetMs });
  }
  return heard;
};
