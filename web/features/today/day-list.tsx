import { Badge, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { bulletinsQuery } from '../../shared/api/queries.ts';
import { lengthOf, useLocalTimes } from '../../shared/local-time.ts';
import { type Say, useText } from '../../shared/texts/texts.ts';
import { PlainTable } from '../../shared/ui/plain-table.tsx';
import type { DayEntry } from './day-line.ts';
import { colorByState } from './state-colors.ts';

const reasonOf = (entry: DayEntry, say: Say): string | null => {
  if (entry.refused !== null) return say(`refusal.${entry.refused}`);
  if (entry.state !== 'aired' && entry.state !== 'missed') return null;
  return entry.notCounted === null ? null : say(`notCounted.${entry.notCounted}`);
};

const Entry = ({ entry }: { readonly entry: DayEntry }) => {
  const say = useText();
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
  ];
  return (
    <tr data-session={entry.session} data-state={entry.state}>
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
      </td>
    </tr>
  );
};

/** The day's sessions in words. */
export const DayList = ({ entries }: { readonly entries: readonly DayEntry[] }) => {
  const say = useText();
  if (entries.length === 0) return <Text size="sm">{say('today.nothing')}</Text>;
  return (
    <PlainTable
      label={say('today.list')}
      heads={[say('today.time'), say('today.state'), say('today.what')]}
    >
      {entries.map((entry) => (
        <Entry key={entry.session} entry={entry} />
      ))}
    </PlainTable>
  );
};
