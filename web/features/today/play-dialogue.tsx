import { Button, Checkbox, MultiSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Speaker } from '#schemas/entities/site.ts';
import { type AirableBulletin, useAirableBulletins } from '../../shared/api/airable-bulletins.ts';
import { answered, api } from '../../shared/api/api.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useByHandText } from '../../shared/texts/by-hand-texts.ts';
import { useText } from '../../shared/texts/texts.ts';
import { AskAgain } from '../../shared/ui/ask-again.tsx';
import { Dialogue } from '../../shared/ui/dialogue.tsx';
import { VolumeField } from '../../shared/ui/volume-field.tsx';

interface Choice {
  readonly bulletins: string[];
  readonly drill: boolean;
  readonly volume: number | null;
}

interface ChooseProps {
  readonly airable: readonly AirableBulletin[];
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
  readonly onNext: () => void;
}

const Choose = ({ airable, choice, onChange, onNext }: ChooseProps) => {
  const say = useText();
  if (airable.length === 0) return <Text>{say('play.none')}</Text>;
  return (
    <Stack>
      <MultiSelect
        label={say('play.bulletins')}
        description={say('play.order')}
        searchable
        data={airable}
        value={choice.bulletins}
        onChange={(bulletins) => onChange({ ...choice, bulletins })}
      />
      <Checkbox
        label={say('play.drill')}
        checked={choice.drill}
        onChange={({ currentTarget }) => onChange({ ...choice, drill: currentTarget.checked })}
      />
      <VolumeField
        hint="volumeHand"
        volume={choice.volume}
        onVolume={(volume) => onChange({ ...choice, volume })}
      />
      <Button disabled={choice.bulletins.length === 0} onClick={onNext}>
        {say('play.next')}
      </Button>
    </Stack>
  );
};

interface PlayDialogueProps {
  readonly speaker: Speaker;
  readonly onClose: () => void;
}

/** Chooses released bulletins, then asks a second time, because a village hears it. */
export const PlayDialogue = ({ speaker, onClose }: PlayDialogueProps) => {
  const say = useText();
  const sayByHand = useByHandText();
  const airable = useAirableBulletins();
  const [isChosen, setIsChosen] = useState(false);
  const [choice, setChoice] = useState<Choice>({ bulletins: [], drill: false, volume: null });
  const play = useDeed(async () => {
    const { volume, ...rest } = choice;
    const json = { speakers: [speaker.id], ...rest, ...(volume !== null && { volume }) };
    await answered(api.play.$post({ json }));
    onClose();
  }, [
    ['plans', speaker.id],
    ['health', speaker.id],
  ]);
  const titles = choice.bulletins.map(
    (id) => airable.find(({ value }) => value === id)?.label ?? '',
  );
  const title = say('play.title', { speaker: speaker.name });
  if (!isChosen) {
    return (
      <Dialogue title={title} onClose={onClose}>
        <Choose
          airable={airable}
          choice={choice}
          onChange={setChoice}
          onNext={() => setIsChosen(true)}
        />
      </Dialogue>
    );
  }
  return (
    <AskAgain
      title={title}
      onClose={onClose}
      confirm={{ label: say('play.confirm'), run: () => play.mutate() }}
      isBusy={play.isPending}
      error={play.error}
    >
      <Text>{say('play.ask', { speaker: speaker.name, titles: titles.join(' · ') })}</Text>
      {choice.volume !== null && <Text>{sayByHand('askVolume', { volume: choice.volume })}</Text>}
      {choice.drill && <Text>{say('play.isDrill')}</Text>}
    </AskAgain>
  );
};
