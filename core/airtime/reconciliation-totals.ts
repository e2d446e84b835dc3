import type { SlotReconciliation, SlotState, SlotTotals } from '#schemas/reconciliation.ts';

/** The sums over the slots of a session. */
export const slotTotals = (slots: readonly SlotReconciliation[]): SlotTotals => {
  const count = (wanted: SlotState): number => slots.filter(({ state }) => state === wanted).length;
  const plannedMs = sum(slots.map(({ durationMs }) => durationMs));
  const missedMs = sum(slots.filter(({ final }) => final).map(lackingMs));
  const awaitingMs = sum(slots.filter(({ final }) => !final).map(lackingMs));
  return {
    slots: slots.length,
    aired: count('aired'),
    partlyAired: count('partlyAired'),
    notAired: count('notAired'),
    awaitingData: count('awaitingData'),
    plannedMs,
    airedMs: plannedMs - missedMs - awaitingMs,
    missedMs,
    awaitingMs,
  };
};

/** The sums of sums; nothing is rounded. */
export const sumOfTotals = (parts: readonly SlotTotals[]): SlotTotals => {
  const of = (field: keyof SlotTotals): number => sum(parts.map((part) => part[field]));
  return {
    slots: of('slots'),
    aired: of('aired'),
    partlyAired: of('partlyAired'),
    notAired: of('notAired'),
    awaitingData: of('awaitingData'),
    plannedMs: of('plannedMs'),
    airedMs: of('airedMs'),
    missedMs: of('missedMs'),
    awaitingMs: of('awaitingMs'),
  };
};

const lackingMs = ({ durationMs, airedMs }: SlotReconciliation): number =>
  Math.max(0, durationMs - airedMs);

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
