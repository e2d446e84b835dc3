import { Center } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { meQuery } from '../shared/api/queries.ts';
import { Refusal } from '../shared/ui/refusal.tsx';
import { Waiting } from '../shared/ui/waiting.tsx';
import { Frame } from './frame.tsx';

const SignInScreen = lazy(async () => ({
  default: (await import('../features/access/sign-in-screen.tsx')).SignInScreen,
}));
const NewPasswordScreen = lazy(async () => ({
  default: (await import('../features/access/new-password-screen.tsx')).NewPasswordScreen,
}));

const WaitingPage = () => (
  <Center h="60vh">
    <Waiting />
  </Center>
);

/** Who is not signed in signs in first, at whatever address; then the console opens there. */
export const Gate = () => {
  const { data: user, error } = useQuery(meQuery);
  if (error) return <Refusal error={error} />;
  if (user === undefined) return <WaitingPage />;
  return (
    <Suspense fallback={<WaitingPage />}>
      {user === null && <SignInScreen />}
      {user?.passwordChangeRequired === true && <NewPasswordScreen />}
      {user?.passwordChangeRequired === false && <Frame user={user} />}
    </Suspense>
  );
};
