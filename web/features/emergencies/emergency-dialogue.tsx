import { Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useAirableBulletins } from '../../shared/api/airable-bulletins.ts';
import { answered, api } from '../../shared/api/api.ts';
import { speakersQuery, unitsQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useByHandText } from '../../shared/texts/by-hand-texts.ts';
import { useText } from '../../shared/texts/texts.ts';
import { AskAgain } from '../../shared/ui/ask-again.tsx';
import { Dialogue } from '../../shared/ui/dialogue.tsx';
import { ChooseEmergency, type EmergencyChoice, type Option } from './emergency-choice.tsx';
import { emergenciesQuery } from './emergency-queries.ts';

const FIRST_CHOICE: EmergencyChoice = {
  units: [],
  speakers: [],
  bulletins: [],
  repeats: 3,
  expiresInMin: 60,
  volume: null,
  drill: false,
};

const toOption = ({ id, name }: { readonly id: string; readonly name: string }): Option => ({
  value: id,
  label: name,
});

const labelsOf = (options: readonly Option[], chosen: readonly string[]): readonly string[] =>
  options.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);

/** Chooses where and what, then asks a second time, because it sounds at once, also at night. */
export const EmergencyDialogue = ({ onClose }: { readonly onClose: () => void }) => {
  const say = useText();
  const sayByHand = useByHandText();
  const { data: allUnits } = useSuspenseQuery(unitsQuery);
  const { data: allSpeakers } = useSuspenseQuery(speakersQuery);
  const bulletins = useAirableBulletins();
  const [isChosen, setIsChosen] = useState(false);
  const [choice, setChoice] = useState(FIRST_CHOICE);
  const send = useDeed(async () => {
    await answered(api.emergencies.$post({ json: choice }));
    onClose();
  }, [emergenciesQuery.queryKey]);
  const units = allUnits.map(toOption);
  const speakers = allSpeakers.filter(({ state }) => state === 'enrolled').map(toOption);
  const title = say('emergency.send');
  if (!isChosen) {
    return (
      <Dialogue title={title} onClose={onClose}>
        <ChooseEmergency
          {...{ options: { units, speakers, bulletins }, choice }}
          onChange={setChoice}
          onNext={() => setIsChosen(true)}
        />
      </Dialogue>
    );
  }
  const places = [...labelsOf(units, choice.units), ...labelsOf(speakers, choice.speakers)];
  return (
    <AskAgain
      title={title}
      onClose={onClose}
      confirm={{ label: say('emergency.confirm'), run: () => send.mutate() }}
      isBusy={send.isPending}
      error={send.error}
    >
      <Text>
        {say('emergency.ask', {
          places: places.join(' · '),
          titles: labelsOf(bulletins, choice.bulletins).join(' · '),
          times: choice.repeats,
        })}
      </Text>
      {choice.volume !== null && <Text>{sayByHand('askVolume', { volume: choice.volume })}</Text>}
      <Text fw={600}>{say(choice.drill ? 'emergency.askDrill' : 'emergency.askReal')}</Text>
      <Text size="sm">{sayByHand('targetsIgnored')}</Text>
    </AskAgain>
  );
};
