import { PasswordInput, Text } from '@mantine/core';
import { useState } from 'react';
import { answered, api } from '../../shared/api/api.ts';
import { meQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { DeedForm } from '../../shared/ui/deed-form.tsx';
import { Entrance } from './entrance.tsx';

/** A one-time password is given up for one's own. */
export const NewPasswordScreen = () => {
  const say = useText();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useDeed(
    () => answered(api.password.$post({ json: { currentPassword, newPassword } })),
    [meQuery.queryKey],
  );
  return (
    <Entrance title={say('newPassword.title')}>
      <DeedForm deed={change} label={say('newPassword.change')}>
        <Text>{say('newPassword.text')}</Text>
        <PasswordInput
          label={say('newPassword.current')}
          autoComplete="current-password"
          required
          value={currentPassword}
          onChange={({ currentTarget }) => setCurrent(currentTarget.value)}
        />
        <PasswordInput
          label={say('newPassword.new')}
          autoComplete="new-password"
          required
          value={newPassword}
          onChange={({ currentTarget }) => setNew(currentTarget.value)}
        />
      </DeedForm>
    </Entrance>
  );
};
