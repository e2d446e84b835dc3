import { Badge } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { SlotReason, SlotReconciliation, SlotState } from '#schemas/reconciliation.ts';
import type { EndReason, RefusalReason } from '#schemas/records/reasons.ts';
import { bulletinsQuery } from '../../shared/api/queries.ts';
import { lengthOf, useLocalTimes } from '../../shared/local-time.ts';
import { type Say, useText } from '../../shared/texts/texts.ts';
import { DARK_ORANGE } from '../../shared/ui/colors.ts';
import { PlainTable } from '../../shared/ui/plain-table.tsx';

const colorByState: Readonly<Record<SlotState, string>> = {
  aired: 'village',
  partlyAired: DARK_ORANGE,
  notAired: 'red.8',
  awaitingData: 'gray.7',
};

const ENDED: ReadonlySet<SlotReason> = new Set([
  'cutShort',
  'notAudible',
  'notReached',
  'speakerOff',
]);

/** Why a slot is not aired, with what the log itself gives as reason. */
const reasonToText = ({ reason, cause }: SlotReconciliation, say: Say): string => {
  if (reason === null) return '';
  const text = say(`slotReason.${reason}`);
  if (cause === null) return text;
  // A slot that sounded, or had no power, has the reason of an end; any other that of a refusal.
  const told = ENDED.has(reason)
    ? say(`endReason.${cause as EndReason}`)
    : say(`refusal.${cause as RefusalReason}`);
  return `${text}: ${told}`;
};

/** The planned items of a session, each beside what was heard of it. */
export const SlotTable = ({ slots }: { readonly slots: readonly SlotReconciliation[] }) => {
  const say = useText();
  const times = useLocalTimes();
  const { data: bulletins } = useSuspenseQuery(bulletinsQuery);
  const nameOf = ({ bulletin, kind, role }: SlotReconciliation): string =>
    bulletins.find(({ id }) => id === bulletin)?.title ??
    say(kind === 'clip' ? `bulletinRole.${role}` : `reconciliation.${kind}`);
  return (
    <PlainTable
      label={say('reconciliation.item')}
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
          <td>{reasonToText(slot, say)}</td>
        </tr>
      ))}
    </PlainTable>
  );
};
