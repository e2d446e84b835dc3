import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useText } from '../../shared/texts/texts.ts';
import { Dialogue } from '../../shared/ui/dialogue.tsx';
import { PlainTable } from '../../shared/ui/plain-table.tsx';
import { Screen } from '../../shared/ui/screen.tsx';
import type { Invitation } from './user-form.tsx';
import { usersQuery } from './users-query.ts';

const UserForm = lazy(async () => ({ default: (await import('./user-form.tsx')).UserForm }));

const InvitationShown = ({ invitation }: { readonly invitation: Invitation }) => {
  const say = useText();
  return (
    <Stack align="center">
      <Text>{say('user.invited', { username: invitation.username })}</Text>
      <Title order={2} data-one-time-password>
        {invitation.oneTimePassword}
      </Title>
      <Text>{say('user.onlyOnce')}</Text>
    </Stack>
  );
};

const UserTable = () => {
  const say = useText();
  const { data: users } = useSuspenseQuery(usersQuery);
  return (
    <Card withBorder p={0}>
      <PlainTable
        label={say('place.users')}
        heads={[say('user.name'), say('username'), say('user.roles')]}
        minWidth={560}
      >
        {users.map(({ id, name, username, roles, passwordChangeRequired }) => (
          <tr key={id}>
            <td>{name}</td>
            <td>
              {username}
              {passwordChangeRequired && (
                <Text size="xs" c="gray.7">
                  {say('user.waits')}
                </Text>
              )}
            </td>
            <td>
              <Group gap={4}>
                {roles.map((role) => (
                  <Badge key={role} variant="light">
                    {say(`role.${role}`)}
                  </Badge>
                ))}
              </Group>
            </td>
          </tr>
        ))}
      </PlainTable>
    </Card>
  );
};

/** People and what each may do. */
export const UsersScreen = () => {
  const say = useText();
  const [isCreating, setCreating] = useState(false);
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const close = () => {
    setCreating(false);
    setInvitation(null);
  };
  return (
    <Screen
      title={say('place.users')}
      deeds={<Button onClick={() => setCreating(true)}>{say('user.create')}</Button>}
    >
      <UserTable />
      {isCreating && (
        <Dialogue title={say('user.create')} onClose={close}>
          {invitation === null ? (
            <Suspense>
              <UserForm onDone={setInvitation} />
            </Suspense>
          ) : (
            <InvitationShown invitation={invitation} />
          )}
        </Dialogue>
      )}
    </Screen>
  );
};
