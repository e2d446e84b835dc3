import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { answered, api } from '../../shared/api/api.ts';
import { lengthOf, useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { useVillageText } from '../../shared/texts/village-texts.ts';
import { Screen } from '../../shared/ui/screen.tsx';
import { ScriptText } from '../../shared/ui/script-text.tsx';

/** What is withdrawn is gone from the list within a minute. */
const REFRESH_MS = 60_000;

const readHanded = () => answered(api.village.bulletins.$get());

const villageQuery = queryOptions({
  queryKey: ['village'],
  queryFn: readHanded,
  refetchInterval: REFRESH_MS,
});

type Handed = Awaited<ReturnType<typeof readHanded>>[number];

const HandedCard = ({ bulletin }: { readonly bulletin: Handed }) => {
  const say = useVillageText();
  const times = useLocalTimes();
  const { id, title, supplier, releasedMs, script } = bulletin;
  const address = `/api/village/bulletins/${id}`;
  return (
    <Card component="article" withBorder aria-label={title}>
      <Stack gap="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text size="sm" c="gray.7">
          {[
            say('village.length', { length: lengthOf(bulletin.durationMs) }),
            ...(supplier === null ? [] : [say('village.supplier', { supplier })]),
            ...(releasedMs === null
              ? []
              : [say('village.released', { when: times.dayAndTime(releasedMs) })]),
            say('village.until', { when: times.dayAndTime(bulletin.expiresMs) }),
          ].join(' · ')}
        </Text>
        {script !== null && <ScriptText script={script} language={bulletin.language} />}
        <Group gap="xs">
          <Button component="a" href={`${address}/audio`} download size="xs">
            {say('village.audio')}
          </Button>
          {script !== null &&
            (['docx', 'txt'] as const).map((form) => (
              <Button
                key={form}
                component="a"
                href={`${address}/script?form=${form}`}
                download
                size="xs"
                variant="default"
              >
                {say(`village.${form}`)}
              </Button>
            ))}
        </Group>
      </Stack>
    </Card>
  );
};

/** The approved bulletins of a village head's village, to be taken along as files. */
export const VillageScreen = () => {
  const say = useText();
  const sayVillage = useVillageText();
  const { data: bulletins } = useSuspenseQuery(villageQuery);
  return (
    <Screen title={say('place.village')}>
      <Text>{sayVillage(bulletins.length === 0 ? 'village.none' : 'village.hint')}</Text>
      {bulletins.map((bulletin) => (
        <HandedCard key={bulletin.id} bulletin={bulletin} />
      ))}
    </Screen>
  );
};
