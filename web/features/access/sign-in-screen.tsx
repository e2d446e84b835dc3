import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { answered, api } from '../../shared/api/api.ts';
import { meQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { DeedForm } from '../../shared/ui/deed-form.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
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
      <DeedForm deed={signIn} label={say('signIn')}>
        <TextField
          label={say('username')}
          autoComplete="username"
          autoCapitalize="none"
          value={username}
          onText={setUsername}
        />
        <PasswordInput
          label={say('password')}
          autoComplete="current-password"
          required
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
      </DeedForm>
    </Entrance>
  );
};
