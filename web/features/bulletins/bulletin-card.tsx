import { Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { campaignsQuery } from '../../shared/api/queries.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { DARK_ORANGE } from '../../shared/ui/colors.ts';
import { ScriptText } from '../../shared/ui/script-text.tsx';
import { BulletinDeeds } from './bulletin-deeds.tsx';

const BulletinMore = lazy(async () => ({
  default: (await import('./bulletin-more.tsx')).BulletinMore,
}));
const BulletinSound = lazy(async () => ({
  default: (await import('./sound/bulletin-sound.tsx')).BulletinSound,
}));

const colorByState: Readonly<Record<Bulletin['state'], string>> = {
  draft: 'gray.7',
  submitted: DARK_ORANGE,
  released: 'village',
  rejected: 'red.8',
  withdrawn: 'gray.7',
  replaced: 'gray.7',
};

const Facts = ({ bulletin }: { readonly bulletin: Bulletin }) => {
  const say = useText();
  const times = useLocalTimes();
  const { data: campaigns } = useSuspenseQuery(campaignsQuery);
  const names = campaigns.filter(({ id }) => bulletin.campaigns.includes(id));
  return (
    <Text size="sm" c="gray.7">
      {[
        say(`bulletinRole.${bulletin.role}`),
        ...(bulletin.priority === 'normal' ? [] : [say(`priority.${bulletin.priority}`)]),
        ...names.map(({ name }) => name),
        say('bulletin.brought', { when: times.dayAndTime(bulletin.createdMs) }),
        ...(bulletin.releasedMs === null
          ? []
          : [say('bulletin.releasedAt', { when: times.dayAndTime(bulletin.releasedMs) })]),
        say('bulletin.until', { when: times.dayAndTime(bulletin.expiresMs) }),
      ].join(' · ')}
    </Text>
  );
};

/** One bulletin: what it is, how it sounds, and what may become of it. */
export const BulletinCard = ({ bulletin }: { readonly bulletin: Bulletin }) => {
  const say = useText();
  return (
    <Card component="article" withBorder aria-label={bulletin.title}>
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <Title order={2} size="h4">
            {bulletin.title}
          </Title>
          <Badge color={colorByState[bulletin.state]}>
            {say(`bulletinState.${bulletin.state}`)}
          </Badge>
        </Group>
        <Facts bulletin={bulletin} />
        {bulletin.rejectReason !== null && (
          <Text size="sm" c="red.9" style={{ whiteSpace: 'pre-line' }}>
            {say('bulletin.rejectReason', { reason: bulletin.rejectReason })}
          </Text>
        )}
        {bulletin.script !== null && (
          <ScriptText script={bulletin.script} language={bulletin.language} />
        )}
        {/* biome-ignore lint/a11y/useMediaCaption: the script above is what is said. */}
        <audio
          controls
          preload="none"
          src={`/api/bulletins/${bulletin.id}/audio`}
          aria-label={say('bulletin.listen', { title: bulletin.title })}
          style={{ width: '100%', height: 36 }}
        />
        <Suspense>
          <BulletinSound bulletin={bulletin} />
        </Suspense>
        <BulletinDeeds bulletin={bulletin} />
        <Suspense>
          <BulletinMore bulletin={bulletin} />
        </Suspense>
      </Stack>
    </Card>
  );
};
