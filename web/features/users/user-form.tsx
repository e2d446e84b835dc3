import { Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { UserRole } from '#schemas/entities/site.ts';
import { answered, api } from '../../shared/api/api.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { Refusal } from '../../shared/ui/refusal.tsx';
import { usersQuery } from './users-query.ts';

const roles = [
  'operator',
  'approver',
  'inspector',
  'administrator',
] as const satisfies readonly UserRole[];

/** Somebody new, and how they sign in for the first time. */
export interface Invitation {
  readonly username: string;
  readonly oneTimePassword: string;
}

/** A new person with one or several roles. */
export const UserForm = ({ onDone }: { readonly onDone: (invitation: Invitation) => void }) => {
  const say = useText();
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const create = useDeed(async () => {
    const given = roles.filter((role) => chosen.includes(role));
    const created = await answered(api.users.$post({ json: { name, username, roles: given } }));
    onDone({ username: created.user.username, oneTimePassword: created.oneTimePassword });
  }, [usersQuery.queryKey]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(undefined);
      }}
    >
      <Stack>
        <TextInput
          label={say('user.name')}
          required
          maxLength={120}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <TextInput
          label={say('username')}
          description={say('user.usernameHint')}
          required
          pattern="[A-Za-z0-9_.]{3,30}"
          autoCapitalize="none"
          value={username}
          onChange={({ currentTarget }) => setUsername(currentTarget.value)}
        />
        <Checkbox.Group label={say('user.roles')} value={chosen} onChange={setChosen}>
          <Stack gap="xs" mt="xs">
            {roles.map((role) => (
              <Checkbox key={role} value={role} label={say(`role.${role}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Refusal error={create.error} />
        <Button type="submit" disabled={chosen.length === 0} loading={create.isPending}>
          {say('user.create')}
        </Button>
      </Stack>
    </form>
  );
};
