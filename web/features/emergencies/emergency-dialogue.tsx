import { Button, Checkbox, MultiSelect, NumberInput, Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useAirableBulletins } from '../../shared/api/airable-bulletins.ts';
import { answered, api } from '../../shared/api/api.ts';
import { unitsQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { AskAgain } from '../../shared/ui/ask-again.tsx';
import { Dialogue } from '../../shared/ui/dialogue.tsx';
import { emergenciesQuery } from './emergency-queries.ts';

interface Choice {
  readonly units: string[];
  readonly bulletins: string[];
  readonly repeats: number;
  readonly expiresInMin: number;
  readonly drill: boolean;
}

const FIRST_CHOICE: Choice = {
  units: [],
  bulletins: [],
  repeats: 3,
  expiresInMin: 60,
  drill: false,
};

interface Option {
  readonly value: string;
  readonly label: string;
}

interface ChooseProps {
  readonly units: readonly Option[];
  readonly bulletins: readonly Option[];
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
  readonly onNext: () => void;
}

const Choose = ({ units, bulletins, choice, onChange, onNext }: ChooseProps) => {
  const say = useText();
  const change = (part: Partial<Choice>) => onChange({ ...choice, ...part });
  return (
    <Stack>
      <MultiSelect
        label={say('emergency.units')}
        description={say('emergency.unitsHint')}
        searchable
        data={units}
        value={choice.units}
        onChange={(chosen) => change({ units: chosen })}
      />
      <MultiSelect
        label={say('play.bulletins')}
        description={say('play.order')}
        searchable
        data={bulletins}
        value={choice.bulletins}
        onChange={(chosen) => change({ bulletins: chosen })}
      />
      <NumberInput
        label={say('emergency.repeats')}
        min={1}
        max={100}
        allowDecimal={false}
        value={choice.repeats}
        onChange={(value) => change({ repeats: Number(value) })}
      />
      <NumberInput
        label={say('emergency.minutes')}
        min={1}
        max={1440}
        allowDecimal={false}
        value={choice.expiresInMin}
        onChange={(value) => change({ expiresInMin: Number(value) })}
      />
      <Checkbox
        label={say('emergency.isDrill')}
        checked={choice.drill}
        onChange={({ currentTarget }) => change({ drill: currentTarget.checked })}
      />
      <Button
        disabled={choice.units.length === 0 || choice.bulletins.length === 0}
        onClick={onNext}
      >
        {say('play.next')}
      </Button>
    </Stack>
  );
};

const labelsOf = (options: readonly Option[], chosen: readonly string[]): string =>
  options
    .filter(({ value }) => chosen.includes(value))
    .map(({ label }) => label)
    .join(' · ');

/** Chooses where and what, then asks a second time, because it sounds at once, also at night. */
export const EmergencyDialogue = ({ onClose }: { readonly onClose: () => void }) => {
  const say = useText();
  const { data: allUnits } = useSuspenseQuery(unitsQuery);
  const bulletins = useAirableBulletins();
  const [isChosen, setIsChosen] = useState(false);
  const [choice, setChoice] = useState(FIRST_CHOICE);
  const send = useDeed(async () => {
    await answered(api.emergencies.$post({ json: { ...choice, speakers: [], volume: null } }));
    onClose();
  }, [emergenciesQuery.queryKey]);
  const units = allUnits.map(({ id, name }) => ({ value: id, label: name }));
  const title = say('emergency.send');
  if (!isChosen) {
    return (
      <Dialogue title={title} onClose={onClose}>
        <Choose
          {...{ units, bulletins, choice }}
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
      confirm={{ label: say('emergency.confirm'), run: () => send.mutate() }}
      isBusy={send.isPending}
      error={send.error}
    >
      <Text>
        {say('emergency.ask', {
          places: labelsOf(units, choice.units),
          titles: labelsOf(bulletins, choice.bulletins),
          times: choice.repeats,
        })}
      </Text>
      <Text fw={600}>{say(choice.drill ? 'emergency.askDrill' : 'emergency.askReal')}</Text>
    </AskAgain>
  );
};
