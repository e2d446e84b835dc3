import { Card, List, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { Health } from '#schemas/health.ts';
import type { Preflight } from '#schemas/preflight.ts';
import { speakersQuery } from '../../shared/api/queries.ts';
import { type Readiness, readinessQuery } from '../../shared/api/readiness-query.ts';
import { useUnitPath } from '../../shared/api/unit-paths.ts';
import { figure, useLocalTimes } from '../../shared/local-time.ts';
import { useLanguage } from '../../shared/texts/language.ts';
import { useReadinessText } from '../../shared/texts/readiness-texts.ts';
import { LongList } from '../../shared/ui/long-list.tsx';
import { PlainTable } from '../../shared/ui/plain-table.tsx';
import { Faults, MissingClips, useGigabytes } from './readiness-facts.tsx';
import { isSoundWell, SoundFaults } from './sound-faults.tsx';

const MS_PER_S = 1000;

const ClockText = ({ clock }: { readonly clock: Health['clock'] | null }) => {
  const say = useReadinessText();
  const language = useLanguage();
  if (clock === null) return say('readiness.unknown');
  const { source, uncertaintyMs } = clock;
  if (source === 'none' || uncertaintyMs === null) return say('readiness.clockNone');
  const seconds = figure(uncertaintyMs / MS_PER_S, language);
  return say('readiness.clock', { source: say(`clockSource.${source}`), seconds });
};

const DiskText = ({ preflight }: { readonly preflight: Preflight | null }) => {
  const say = useReadinessText();
  const times = useLocalTimes();
  const gigabytes = useGigabytes();
  if (preflight === null) return say('readiness.unknown');
  const { freeBytes, totalBytes } = preflight.disk;
  const facts = { free: gigabytes(freeBytes), total: gigabytes(totalBytes) };
  return (
    <>
      <Text size="sm">{say('readiness.disk', facts)}</Text>
      <Text size="xs" c="dimmed">
        {say('readiness.made', { when: times.dayAndTime(preflight.madeMs) })}
      </Text>
    </>
  );
};

const LostText = ({ lost }: { readonly lost: Health['lostRecords'] }) => {
  const say = useReadinessText();
  if (lost === null || lost === undefined) return null;
  return (
    <Text size="sm" data-lost>
      {say('readiness.lost', lost)}
    </Text>
  );
};

const isReady = ({ faults, unheard, lostRecords, ...sound }: Readiness): boolean =>
  faults.length + unheard.length === 0 && (lostRecords ?? null) === null && isSoundWell(sound);

/** What each enrolled speaker lacks to go on by itself for fourteen days; those that lack something first. */
export const ReadinessTable = () => {
  const say = useReadinessText();
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  const { data: all } = useSuspenseQuery(readinessQuery);
  const pathOf = useUnitPath();
  if (all.length === 0) return null;
  const byId = new Map(speakers.map((speaker) => [speaker.id, speaker]));
  const heads = ['speaker', 'days', 'unheard', 'sound', 'clockHead', 'diskHead'] as const;
  return (
    <>
      <Title order={2} size="h4">
        {say('readiness.list')}
      </Title>
      <LongList
        label={say('readiness.list')}
        all={all.toSorted((a, b) => Number(isReady(a)) - Number(isReady(b)))}
        toText={({ speaker }) =>
          `${byId.get(speaker)?.name} ${pathOf(byId.get(speaker)?.unit ?? null)}`
        }
      >
        {(shown) => (
          <Card withBorder p={0}>
            <PlainTable
              label={say('readiness.list')}
              heads={heads.map((head) => say(`readiness.${head}`))}
              minWidth={880}
            >
              {shown.map(
                ({ speaker, faults, preflight, unheard, clock, lostRecords, ...sound }) => (
                  <tr key={speaker} data-readiness={speaker}>
                    <td>{byId.get(speaker)?.name}</td>
                    <td>
                      <Faults faults={faults} preflight={preflight} />
                      <MissingClips clips={preflight?.missingClips ?? []} />
                    </td>
                    <td>
                      {unheard.length === 0 && say('readiness.allHeard')}
                      <List size="sm">
                        {unheard.map(({ bulletin, title }) => (
                          <List.Item key={bulletin}>{title}</List.Item>
                        ))}
                      </List>
                    </td>
                    <td>
                      <SoundFaults {...sound} />
                    </td>
                    <td>
                      <ClockText clock={clock} />
                    </td>
                    <td>
                      <DiskText preflight={preflight} />
                      <LostText lost={lostRecords} />
                    </td>
                  </tr>
                ),
              )}
            </PlainTable>
          </Card>
        )}
      </LongList>
    </>
  );
};
