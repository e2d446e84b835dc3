import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { answered, api } from '../../shared/api/api.ts';
import { meQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { Refusal } from '../../shared/ui/refusal.tsx';
import { Entrance } from './entrance.tsx';

/** Signing in by user name and password. */
export const SignInScreen = () => {
  const say = useText();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useDeed(
    () => answered(api['sign-in'].$post({ json: { username, password } })),
    [meQuery.queryKey],
  );
  return (
    <Entrance title={say('signIn.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate(undefined);
        }}
      >
        <Stack>
          <TextInput
            label={say('username')}
            autoComplete="username"
            autoCapitalize="none"
            required
            value={username}
            onChange={({ currentTarget }) => setUsername(currentTarget.value)}
          />
          <PasswordInput
            label={say('password')}
            autoComplete="current-password"
            required
            value={password}
            onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          />
          <Refusal error={signIn.error} />
          <Button type="submit" loading={signIn.isPending}>
            {say('signIn')}
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
};
