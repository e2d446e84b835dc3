import { Checkbox, Stack } from '@mantine/core';
import { Suspense, useState } from 'react';
import type { UserRole } from '#schemas/entities/site.ts';
import { answered, api } from '../../shared/api/api.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { DeedForm } from '../../shared/ui/deed-form.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { HeadUnit } from './head-unit.tsx';
import { usersQuery } from './users-query.ts';

const roles = [
  'operator',
  'approver',
  'inspector',
  'administrator',
  'villageHead',
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
  const [unit, setUnit] = useState('');
  const isHead = chosen.includes('villageHead');
  const create = useDeed(async () => {
    const given = roles.filter((role) => chosen.includes(role));
    const json = { name, username, roles: given, unit: isHead ? unit : null };
    const created = await answered(api.users.$post({ json }));
    onDone({ username: created.user.username, oneTimePassword: created.oneTimePassword });
  }, [usersQuery.queryKey]);
  return (
    <DeedForm
      deed={create}
      label={say('user.create')}
      isIncomplete={chosen.length === 0 || (isHead && unit === '')}
    >
      <TextField label={say('user.name')} maxLength={120} value={name} onText={setName} />
      <TextField
        label={say('username')}
        description={say('user.usernameHint')}
        pattern="[A-Za-z0-9_.]{3,30}"
        autoCapitalize="none"
        value={username}
        onText={setUsername}
      />
      <Checkbox.Group label={say('user.roles')} value={chosen} onChange={setChosen}>
        <Stack gap="xs" mt="xs">
          {roles.map((role) => (
            <Checkbox key={role} value={role} label={say(`role.${role}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Suspense>{isHead && <HeadUnit value={unit} onChoice={setUnit} />}</Suspense>
    </DeedForm>
  );
};
