import { AppShell, Burger, Button, Group, NavLink, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense } from 'react';
import { answered, api } from '../shared/api/api.ts';
import { meQuery, siteQuery } from '../shared/api/queries.ts';
import { useDeed } from '../shared/api/use-deed.ts';
import { LiveNotice } from '../shared/live/live-notice.tsx';
import { type Me, MeProvider } from '../shared/me.tsx';
import { LanguageSwitch } from '../shared/texts/language-switch.tsx';
import { useText } from '../shared/texts/texts.ts';
import { Refusal } from '../shared/ui/refusal.tsx';
import { ForeignPlace } from './foreign-place.tsx';
import { isFor, isStaff, places } from './places.ts';

const NAVBAR_WIDTH = 220;
const HEADER_HEIGHT = 56;

const useSignOut = () => {
  const client = useQueryClient();
  return useDeed(async () => {
    await answered(api['sign-out'].$post());
    // First, and kept: who looks at an answer that was removed hears of no other one.
    client.setQueryData(meQuery.queryKey, null);
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meQuery.queryKey[0] });
  }, []);
};

const Places = ({ user, onGone }: { readonly user: Me; readonly onGone: () => void }) => {
  const say = useText();
  const here = useRouterState({ select: ({ location }) => location.pathname });
  return places
    .filter((place) => isFor(place, user.roles))
    .map((place) => (
      <NavLink
        key={place.to}
        component={Link}
        to={place.to}
        label={say(place.text)}
        active={here === place.to}
        variant="filled"
        onClick={onGone}
      />
    ));
};

const Person = ({ user }: { readonly user: Me }) => {
  const say = useText();
  const signOut = useSignOut();
  return (
    <Stack gap="xs">
      <div>
        <Text fw={600}>{user.name}</Text>
        <Text size="sm" c="gray.7">
          {user.roles.map((role) => say(`role.${role}`)).join(', ')}
        </Text>
      </div>
      <LanguageSwitch />
      <Refusal error={signOut.error} />
      <Button variant="default" size="xs" onClick={() => signOut.mutate()}>
        {say('signOut')}
      </Button>
    </Stack>
  );
};

/** The way to a person's screens, the screen that is open, and whether it moves by itself. */
export const Frame = ({ user }: { readonly user: Me }) => {
  const say = useText();
  const { data: site } = useSuspenseQuery(siteQuery);
  const [isOpen, { toggle, close }] = useDisclosure();
  const here = useRouterState({ select: ({ location }) => location.pathname });
  const place = places.find(({ to }) => to === here);
  return (
    <MeProvider value={user}>
      <AppShell
        header={{ height: HEADER_HEIGHT }}
        navbar={{ width: NAVBAR_WIDTH, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
        padding="md"
      >
        <AppShell.Header px="md">
          <Group h="100%" gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={say('menu')}
            />
            <img src="/icon.svg" alt="" width={28} height={28} />
            <Text fw={700} visibleFrom="xs" style={{ whiteSpace: 'nowrap' }}>
              Tiếng Làng
            </Text>
            <Text c="gray.7" truncate>
              {site.name}
            </Text>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="sm" aria-label={say('menu')}>
          <AppShell.Section grow>
            <Places user={user} onGone={close} />
          </AppShell.Section>
          <AppShell.Section>
            <Person user={user} />
          </AppShell.Section>
        </AppShell.Navbar>
        <AppShell.Main>
          {isStaff(user.roles) && <LiveNotice />}
          {place !== undefined && !isFor(place, user.roles) ? (
            <ForeignPlace place={place} roles={user.roles} />
          ) : (
            <Suspense>
              <Outlet />
            </Suspense>
          )}
        </AppShell.Main>
      </AppShell>
    </MeProvider>
  );
};
