import { Text } from '@mantine/core';
import type { SlotTotals } from '#schemas/reconciliation.ts';
import { lengthOf } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';

interface TotalsTextProps {
  readonly totals: Pick<
    SlotTotals,
    'aired' | 'slots' | 'airedMs' | 'plannedMs' | 'missedMs' | 'awaitingMs'
  >;
  readonly outsideMs: number;
}

/** How much of what was planned was aired, in one line. */
export const TotalsText = ({ totals, outsideMs }: TotalsTextProps) => {
  const say = useText();
  const parts = [
    say('reconciliation.totals', {
      aired: totals.aired,
      slots: totals.slots,
      airedLength: lengthOf(totals.airedMs),
      plannedLength: lengthOf(totals.plannedMs),
    }),
    ...(totals.missedMs === 0
      ? []
      : [say('reconciliation.missed', { length: lengthOf(totals.missedMs) })]),
    ...(totals.awaitingMs === 0
      ? []
      : [say('reconciliation.awaiting', { length: lengthOf(totals.awaitingMs) })]),
    ...(outsideMs === 0
      ? []
      : [say('reconciliation.outsideLength', { length: lengthOf(outsideMs) })]),
  ];
  return <Text size="sm">{parts.join(' · ')}</Text>;
};
