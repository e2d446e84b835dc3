import { Badge } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { slotToSentence } from '#schemas/messages/reconciliation-sentences.ts';
import type { SlotReconciliation, SlotState } from '#schemas/reconciliation.ts';
import { bulletinsQuery } from '../../shared/api/queries.ts';
import { lengthOf, useLocalTimes } from '../../shared/local-time.ts';
import { useLanguage } from '../../shared/texts/language.ts';
import { useText } from '../../shared/texts/texts.ts';
import { DARK_ORANGE } from '../../shared/ui/colors.ts';
import { PlainTable } from '../../shared/ui/plain-table.tsx';

const colorByState: Readonly<Record<SlotState, string>> = {
  aired: 'village',
  partlyAired: DARK_ORANGE,
  notAired: 'red.8',
  awaitingData: 'gray.7',
};

interface SlotTableProps {
  /** What the table is called among those of a page. */
  readonly label: string;
  readonly slots: readonly SlotReconciliation[];
}

/** The planned items of a session, each beside what was heard of it. */
export const SlotTable = ({ label, slots }: SlotTableProps) => {
  const say = useText();
  const language = useLanguage();
  const times = useLocalTimes();
  const { data: bulletins } = useSuspenseQuery(bulletinsQuery);
  const nameOf = ({ bulletin, kind, role }: SlotReconciliation): string =>
    bulletins.find(({ id }) => id === bulletin)?.title ??
    say(kind === 'clip' ? `bulletinRole.${role}` : `reconciliation.${kind}`);
  return (
    <PlainTable
      label={label}
      heads={[
        say('reconciliation.planned'),
        say('reconciliation.item'),
        say('reconciliation.state'),
        say('reconciliation.aired'),
        say('reconciliation.reason'),
      ]}
      minWidth={640}
    >
      {slots.map((slot) => (
        <tr key={slot.offsetMs} data-slot={slot.state}>
          <td className="time">{times.exactTime(slot.plannedMs)}</td>
          <td>{nameOf(slot)}</td>
          <td>
            <Badge color={colorByState[slot.state]}>{say(`slotState.${slot.state}`)}</Badge>
          </td>
          <td className="time">
            {lengthOf(slot.airedMs)} / {lengthOf(slot.durationMs)}
          </td>
          <td>{slotToSentence(slot, language)}</td>
        </tr>
      ))}
    </PlainTable>
  );
};
