import { Badge, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { Speaker } from '#schemas/entities/site.ts';
import { sessionIdToStartMs } from '#schemas/read-session-id.ts';
import { bulletinsQuery } from '../../shared/api/queries.ts';
import { lengthOf, useLocalTimes } from '../../shared/local-time.ts';
import { useHasRole } from '../../shared/me.tsx';
import { type Say, useText } from '../../shared/texts/texts.ts';
import { PlainTable } from '../../shared/ui/plain-table.tsx';
import type { RepaidEntry } from './make-good-line.ts';
import { PermitMakeGood } from './permit-make-good.tsx';
import { colorByState } from './state-colors.ts';

const reasonOf = (entry: RepaidEntry, say: Say): string | null => {
  if (entry.refused !== null) return say(`refusal.${entry.refused}`);
  if (entry.state !== 'aired' && entry.state !== 'missed') return null;
  return entry.notCounted === null ? null : say(`notCounted.${entry.notCounted}`);
};

/** What it repays, what repays it, or why nothing does. */
const repaymentOf = (entry: RepaidEntry, say: Say, timeOf: (ms: number) => string): string[] => {
  const { repays, repaidAtMs, notRepaid } = entry;
  return [
    ...(repays === null ? [] : [say('today.repays', { time: timeOf(sessionIdToStartMs(repays)) })]),
    ...(repaidAtMs === null ? [] : [say('today.repaidAt', { time: timeOf(repaidAtMs) })]),
    ...(notRepaid === null
      ? []
      : [say('today.notRepaid', { reason: say(`refusal.${notRepaid}`) })]),
  ];
};

interface EntryProps {
  readonly speaker: Speaker;
  readonly entry: RepaidEntry;
}

const Entry = ({ speaker, entry }: EntryProps) => {
  const say = useText();
  const approves = useHasRole('approver');
  const times = useLocalTimes();
  const { data: bulletins } = useSuspenseQuery(bulletinsQuery);
  const titles = entry.bulletins.map(
    (id) => bulletins.find((bulletin) => bulletin.id === id)?.title ?? say('bulletin.unknown'),
  );
  const reason = reasonOf(entry, say);
  const notes = [
    ...(entry.isByHand ? [say('today.byHand')] : []),
    ...(entry.drill ? [say('today.drill')] : []),
    ...(entry.audibleMs > 0 ? [say('today.audible', { length: lengthOf(entry.audibleMs) })] : []),
    ...(reason === null ? [] : [reason]),
    ...repaymentOf(entry, say, times.time),
  ];
  return (
    <tr data-session={entry.session} data-state={entry.state} data-repays={entry.repays}>
      <td className="time">
        {times.time(entry.startMs)}–{times.time(entry.endMs)}
      </td>
      <td>
        <Badge color={colorByState[entry.state]}>{say(`session.${entry.state}`)}</Badge>
      </td>
      <td>
        <Text size="sm">{titles.join(' · ')}</Text>
        {notes.length > 0 && (
          <Text size="xs" c="gray.7">
            {notes.join(' · ')}
          </Text>
        )}
        {approves && entry.notRepaid === 'noPermit' && (
          <PermitMakeGood speaker={speaker} session={entry.session} />
        )}
      </td>
    </tr>
  );
};

interface DayListProps {
  readonly speaker: Speaker;
  readonly entries: readonly RepaidEntry[];
}

/** The day's sessions in words. */
export const DayList = ({ speaker, entries }: DayListProps) => {
  const say = useText();
  if (entries.length === 0) return <Text size="sm">{say('today.nothing')}</Text>;
  return (
    <PlainTable
      label={say('today.list')}
      heads={[say('today.time'), say('today.state'), say('today.what')]}
    >
      {entries.map((entry) => (
        <Entry key={entry.session} speaker={speaker} entry={entry} />
      ))}
    </PlainTable>
  );
};
