import { Card, Title } from '@mantine/core';
import { useText } from '../../shared/texts/texts.ts';
import { Screen } from '../../shared/ui/screen.tsx';
import { MakeGoodPolicy } from './make-good-policy.tsx';
import { SettingsForm } from './settings-form.tsx';

/** How the site plans, how loud and late it may be, and who repays what was missed. */
export const SettingsScreen = () => {
  const say = useText();
  return (
    <Screen title={say('place.settings')}>
      <Card withBorder>
        <Title order={2} size="h4" mb="md">
          {say('settings.plans')}
        </Title>
        <SettingsForm />
      </Card>
      <Card withBorder>
        <Title order={2} size="h4" mb="md">
          {say('repay')}
        </Title>
        <MakeGoodPolicy />
      </Card>
    </Screen>
  );
};
