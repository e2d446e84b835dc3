import { Text } from '@mantine/core';
import { useText } from '../shared/texts/texts.ts';
import { Screen } from '../shared/ui/screen.tsx';

/** An address at which nothing is. */
export const NowhereScreen = () => {
  const say = useText();
  return (
    <Screen title={say('nowhere.title')}>
      <Text>{say('nowhere.text')}</Text>
    </Screen>
  );
};
