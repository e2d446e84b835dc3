import { Badge, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { answered, api } from '../../shared/api/api.ts';
import { bulletinsQuery, speakersQuery, unitsQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { AskAgain } from '../../shared/ui/ask-again.tsx';
import { EmergencyAnswers } from './emergency-answers.tsx';
import { emergenciesQuery, type ShownEmergency } from './emergency-queries.ts';

const Cancel = ({ id, title }: { readonly id: string; readonly title: string }) => {
  const say = useText();
  const [isAsking, { open, close }] = useDisclosure();
  const cancel = useDeed(async () => {
    await answered(api.emergencies[':id'].cancel.$post({ param: { id } }));
    close();
  }, [emergenciesQuery.queryKey]);
  return (
    <>
      <Button size="xs" color="red.8" onClick={open}>
        {say('emergency.cancel')}
      </Button>
      {isAsking && (
        <AskAgain
          title={title}
          onClose={close}
          confirm={{ label: say('emergency.cancel'), run: () => cancel.mutate() }}
          isBusy={cancel.isPending}
          error={cancel.error}
        >
          <Text>{say('emergency.cancel.ask')}</Text>
        </AskAgain>
      )}
    </>
  );
};

/** One emergency: what, where, how it stands, and on request what each speaker has answered. */
export const EmergencyCard = ({ emergency }: { readonly emergency: ShownEmergency }) => {
  const say = useText();
  const times = useLocalTimes();
  const [isOpen, { toggle }] = useDisclosure();
  const { data: units } = useSuspenseQuery(unitsQuery);
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  const { data: bulletins } = useSuspenseQuery(bulletinsQuery);
  const { id, state, drill, repeats, issuedMs, expiresMs } = emergency;
  const titles = emergency.bulletins.map(
    (bulletin) => bulletins.find((one) => one.id === bulletin)?.title ?? bulletin,
  );
  const chosen = new Set(emergency.speakers);
  const named = speakers.filter((one) => chosen.has(one.id));
  const nameById = new Map(named.map((one) => [one.id, one.name]));
  const places = [
    ...emergency.units.map((unit) => units.find((one) => one.id === unit)?.name ?? unit),
    ...emergency.speakers.map((speaker) => nameById.get(speaker) ?? speaker),
  ];
  const title = titles.join(' · ');
  return (
    <Card withBorder data-emergency={id}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Text fw={600}>{title}</Text>
          <Group gap="xs">
            {drill && <Badge color="gray.7">{say('emergency.drill')}</Badge>}
            <Badge color={state === 'running' ? 'red.8' : 'gray.7'}>
              {say(`emergency.state.${state}`)}
            </Badge>
          </Group>
        </Group>
        <Text size="sm">
          {say('emergency.told', {
            places: places.join(', '),
            times: repeats,
            from: times.dayAndTime(issuedMs),
            to: times.dayAndTime(expiresMs),
          })}
        </Text>
        <Group>
          <Button size="xs" variant="default" onClick={toggle}>
            {say('emergency.answers')}
          </Button>
          {state === 'running' && <Cancel id={id} title={title} />}
        </Group>
        <Suspense>{isOpen && <EmergencyAnswers id={id} />}</Suspense>
      </Stack>
    </Card>
  );
};
