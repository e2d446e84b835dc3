import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useText } from '../../shared/texts/texts.ts';
import { Screen } from '../../shared/ui/screen.tsx';
import { EmergencyCard } from './emergency-card.tsx';
import { emergenciesQuery } from './emergency-queries.ts';

const EmergencyDialogue = lazy(async () => ({
  default: (await import('./emergency-dialogue.tsx')).EmergencyDialogue,
}));

/** Emergencies that run or ran, and a new one. */
export const EmergenciesScreen = () => {
  const say = useText();
  const { data: emergencies } = useSuspenseQuery(emergenciesQuery);
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <Screen
      title={say('place.emergencies')}
      deeds={
        <Button color="red.8" onClick={open}>
          {say('emergency.send')}
        </Button>
      }
    >
      {emergencies.length === 0 && <Text>{say('emergency.none')}</Text>}
      {emergencies.map((emergency) => (
        <EmergencyCard key={emergency.id} emergency={emergency} />
      ))}
      <Suspense>{isOpen && <EmergencyDialogue onClose={close} />}</Suspense>
    </Screen>
  );
};
