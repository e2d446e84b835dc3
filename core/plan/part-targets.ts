import { neededMsOf } from '#core/airtime/occurrences.ts';
import type { Id } from '#schemas/primitives.ts';
import { type Part, standing } from './build-session.ts';
import type { DayFrame } from './day-frame.ts';
import type { Demand } from './demand.ts';
import type { PlanInput } from './plan-input.ts';

const SECOND_MS = 1000;

interface Around {
  readonly input: PlanInput;
  readonly frame: DayFrame;
}

const total = (items: readonly { readonly clip: { readonly durationMs: number } }[]): number =>
  items.reduce((sum, { clip }) => sum + clip.durationMs, 0);

/** Whether an item may sound throughout every session that begins on the day. */
export const isSteady = (
  item: { readonly validFromMs: number; readonly expiresMs: number },
  { input, frame }: Around,
): boolean => {
  const endMs = input.table.at(-1)?.endMs ?? frame.row.endMs;
  return item.validFromMs <= frame.row.startMs && item.expiresMs >= endMs;
};

/** What sounds in every session beside the bulletins of these campaigns, at least. */
export const beside = (around: Around, campaigns: readonly Id[]): number => {
  const { frame: items, bulletins } = around.input;
  const foreign = bulletins.filter(
    (each) =>
      each.priority === 'priority' && !campaigns.some((one) => each.campaigns.includes(one)),
  );
  const first = standing(items).filter(({ rank = 0 }) => rank === 0);
  return total([...first, ...foreign].filter((item) => isSteady(item, around)));
};

/** What the bulletins of the demand last at least, in a session of which `otherMs` is filled. */
export const targetMsOf = (demand: Demand, otherMs: number): number => {
  const neededMs = neededMsOf(demand.rule);
  return demand.rule.counts === 'session' ? Math.max(1, neededMs - otherMs) : neededMs;
};

/**
 * What a session of the demand is filled with: first as it should be, then as short as it may be
 * while all have their turn. `otherMs` of it are filled.
 */
export const partsFor = (input: PlanInput, demand: Demand, otherMs: number): Part[] => {
  const campaigns = [demand.rule.campaign];
  const leastMs = targetMsOf(demand, otherMs);
  const fullMs = leastMs + input.settings.marginS * SECOND_MS;
  return [
    { campaigns, targetMs: fullMs, order: 'turn' },
    { campaigns, targetMs: leastMs, order: 'turn' },
  ];
};
