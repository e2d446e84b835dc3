import { Badge, SimpleGrid, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { Programme } from '#schemas/entities/programme.ts';
import { unitsQuery } from '../../shared/api/queries.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { useNow } from '../../shared/use-now.ts';
import { programmesQuery } from './airtime-queries.ts';
import { weekdaysToText } from './airtime-text.ts';
import { EntryCard } from './entry-card.tsx';
import { VersionState } from './version-state.tsx';

interface ProgrammeListProps {
  /** Undefined for who may not change programmes. */
  readonly onChange: ((programme: Programme) => void) | undefined;
}

const useLines = () => {
  const say = useText();
  const times = useLocalTimes();
  const { data: units } = useSuspenseQuery(unitsQuery);
  return ({ unit, startsAt, endsAt, weekdays, from, to }: Programme): readonly string[] => [
    say(weekdays.length === 0 ? 'programme.daily' : 'programme.hours', {
      startsAt,
      endsAt,
      days: weekdaysToText(weekdays, say),
    }),
    say('programme.where', { unit: units.find(({ id }) => id === unit)?.name ?? '' }),
    to === null
      ? say('rule.validityOpen', { from: times.date(from) })
      : say('rule.validity', { from: times.date(from), to: times.date(to) }),
  ];
};

/** Every fixed programme of another source, as it is now. */
export const ProgrammeList = ({ onChange }: ProgrammeListProps) => {
  const say = useText();
  const today = useLocalTimes().day(useNow());
  const { data: programmes } = useSuspenseQuery(programmesQuery);
  const linesOf = useLines();
  if (programmes.length === 0) return <Text>{say('programmes.none')}</Text>;
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }}>
      {programmes.toReversed().map((programme) => (
        <EntryCard
          key={programme.id}
          title={programme.name}
          state={
            programme.suspended ? (
              <Badge color="gray.7">{say('programme.suspended')}</Badge>
            ) : (
              <VersionState from={programme.from} to={programme.to} today={today} />
            )
          }
          lines={linesOf(programme)}
          history={[]}
          change={onChange && { label: say('programme.change'), run: () => onChange(programme) }}
        />
      ))}
    </SimpleGrid>
  );
};
