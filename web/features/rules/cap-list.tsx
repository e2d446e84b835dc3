import { SimpleGrid, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { unitsQuery } from '../../shared/api/queries.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { useNow } from '../../shared/use-now.ts';
import { type Cap, capsQuery } from './airtime-queries.ts';
import { capToText } from './airtime-text.ts';
import { EntryCard } from './entry-card.tsx';
import { newestOf, versionsOf } from './newest-versions.ts';
import { VersionState } from './version-state.tsx';

interface CapListProps {
  /** Undefined for who may not change caps. */
  readonly onChange: ((cap: Cap) => void) | undefined;
}

const useCapTexts = () => {
  const say = useText();
  const times = useLocalTimes();
  const validity = ({ from, to }: Cap): string =>
    to === null
      ? say('rule.validityOpen', { from: times.date(from) })
      : say('rule.validity', { from: times.date(from), to: times.date(to) });
  const versionText = (cap: Cap): string => {
    const { version, from, to } = cap;
    const named = { version, from: times.date(from), to: to === null ? '' : times.date(to) };
    if (to !== null && to < from) return say('rule.versionNever', named);
    const when = say(to === null ? 'rule.version' : 'rule.versionUntil', named);
    return `${when}: ${capToText(cap, say)}`;
  };
  return { validity, versionText };
};

/** Every cap in its newest version, with those before. */
export const CapList = ({ onChange }: CapListProps) => {
  const say = useText();
  const today = useLocalTimes().day(useNow());
  const { data: caps } = useSuspenseQuery(capsQuery);
  const { data: units } = useSuspenseQuery(unitsQuery);
  const { validity, versionText } = useCapTexts();
  if (caps.length === 0) return <Text>{say('caps.none')}</Text>;
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }}>
      {newestOf(caps)
        .toReversed()
        .map((cap) => (
          <EntryCard
            key={cap.id}
            title={units.find(({ id }) => id === cap.unit)?.name ?? ''}
            state={<VersionState from={cap.from} to={cap.to} today={today} />}
            lines={[capToText(cap, say), validity(cap)]}
            history={versionsOf(caps, cap.id).map(versionText)}
            change={onChange && { label: say('cap.change'), run: () => onChange(cap) }}
          />
        ))}
    </SimpleGrid>
  );
};
