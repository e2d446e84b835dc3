import { Card, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useText } from '../../shared/texts/texts.ts';
import { Screen } from '../../shared/ui/screen.tsx';
import { Waiting } from '../../shared/ui/waiting.tsx';
import { MakeGoodPolicy } from './make-good-policy.tsx';

const SettingsForm = lazy(async () => ({
  default: (await import('./settings-form.tsx')).SettingsForm,
}));
const LimitsApproval = lazy(async () => ({
  default: (await import('./limits-approval.tsx')).LimitsApproval,
}));
const FourEyes = lazy(async () => ({ default: (await import('./four-eyes.tsx')).FourEyes }));

/** How the site plans, how loud and late it may be, who repays what was missed, and who releases. */
export const SettingsScreen = () => {
  const say = useText();
  return (
    <Screen title={say('place.settings')}>
      <Card withBorder>
        <Title order={2} size="h4" mb="md">
          {say('settings.plans')}
        </Title>
        <Suspense fallback={<Waiting />}>
          <SettingsForm />
        </Suspense>
        <Suspense>
          <LimitsApproval />
        </Suspense>
      </Card>
      <Card withBorder>
        <Title order={2} size="h4" mb="md">
          {say('repay')}
        </Title>
        <MakeGoodPolicy />
      </Card>
      <Card withBorder>
        <Suspense>
          <FourEyes />
        </Suspense>
      </Card>
    </Screen>
  );
};
