import { Button, Group, Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { unitsQuery } from '../../shared/api/queries.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useHasRole } from '../../shared/me.tsx';
import { Dialogue } from '../../shared/ui/dialogue.tsx';
import { useNow } from '../../shared/use-now.ts';
import { useBulletinText, useLanguageName } from './bulletin-texts.ts';

const ChangeFacts = lazy(async () => ({
  default: (await import('./change-facts.tsx')).ChangeFacts,
}));
const BulletinHistory = lazy(async () => ({
  default: (await import('./history/bulletin-history.tsx')).BulletinHistory,
}));
const NextVersion = lazy(async () => ({
  default: (await import('./next-version.tsx')).NextVersion,
}));

const MoreFacts = ({ bulletin }: { readonly bulletin: Bulletin }) => {
  const say = useBulletinText();
  const languageName = useLanguageName();
  const times = useLocalTimes();
  const nowMs = useNow();
  const { data: units } = useSuspenseQuery(unitsQuery);
  const { supplier, version, validFromMs } = bulletin;
  const named = units.filter(({ id }) => bulletin.units.includes(id)).map(({ name }) => name);
  return (
    <Text size="sm" c="gray.7">
      {[
        languageName(bulletin.language),
        ...(supplier === null ? [] : [say('facts.suppliedBy', { supplier })]),
        ...(named.length === 0 ? [] : [say('facts.onlyIn', { units: named.join(', ') })]),
        ...(validFromMs > nowMs
          ? [say('facts.from', { when: times.dayAndTime(validFromMs) })]
          : []),
        ...(version === 1 ? [] : [say('facts.version', { version })]),
      ].join(' · ')}
    </Text>
  );
};

type Opened = 'change' | 'version' | 'history';

/** What else is said of a bulletin, and what can be said: other facts, another version, a comment. */
export const BulletinMore = ({ bulletin }: { readonly bulletin: Bulletin }) => {
  const say = useBulletinText();
  const operates = useHasRole('operator');
  const [open, setOpen] = useState<Opened | null>(null);
  const close = () => setOpen(null);
  const { id, title, state } = bulletin;
  const isOver = state === 'withdrawn' || state === 'replaced';
  const offered: readonly Opened[] =
    operates && !isOver ? ['change', 'version', 'history'] : ['history'];
  return (
    <Stack gap="xs">
      <MoreFacts bulletin={bulletin} />
      <Group gap="xs">
        {offered.map((each) => (
          <Button key={each} size="compact-xs" variant="subtle" onClick={() => setOpen(each)}>
            {say(each)}
          </Button>
        ))}
      </Group>
      {open !== null && (
        <Dialogue
          title={open === 'history' ? say('history.title', { title }) : say(open)}
          onClose={close}
        >
          <Suspense>
            {open === 'change' && <ChangeFacts bulletin={bulletin} onDone={close} />}
            {open === 'version' && <NextVersion bulletin={bulletin} onDone={close} />}
            {open === 'history' && <BulletinHistory id={id} />}
          </Suspense>
        </Dialogue>
      )}
    </Stack>
  );
};
