import { Button, Checkbox, MultiSelect, NumberInput, Stack, Text } from '@mantine/core';
import { useByHandText } from '../../shared/texts/by-hand-texts.ts';
import { useText } from '../../shared/texts/texts.ts';
import { VolumeField } from '../../shared/ui/volume-field.tsx';

/** So many of a site's speakers and units are listed at a time; typing finds the others. */
const MAX_LISTED = 50;

/** Where, what and how it sounds. */
export interface EmergencyChoice {
  readonly units: string[];
  readonly speakers: string[];
  readonly bulletins: string[];
  readonly repeats: number;
  readonly expiresInMin: number;
  readonly volume: number | null;
  readonly drill: boolean;
}

/** What can be chosen, and what people call it. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

interface ChooseProps {
  readonly options: Readonly<Record<'units' | 'speakers' | 'bulletins', readonly Option[]>>;
  readonly choice: EmergencyChoice;
  readonly onChange: (choice: EmergencyChoice) => void;
  readonly onNext: () => void;
}

/** The first half of the dialogue. */
export const ChooseEmergency = ({ options, choice, onChange, onNext }: ChooseProps) => {
  const say = useText();
  const sayByHand = useByHandText();
  const change = (part: Partial<EmergencyChoice>) => onChange({ ...choice, ...part });
  return (
    <Stack>
      <MultiSelect
        label={say('emergency.units')}
        description={say('emergency.unitsHint')}
        searchable
        limit={MAX_LISTED}
        data={options.units}
        value={choice.units}
        onChange={(units) => change({ units })}
      />
      <MultiSelect
        label={sayByHand('speakers')}
        description={sayByHand('speakersHint')}
        searchable
        limit={MAX_LISTED}
        data={options.speakers}
        value={choice.speakers}
        onChange={(speakers) => change({ speakers })}
      />
      <MultiSelect
        label={say('play.bulletins')}
        description={say('play.order')}
        searchable
        data={options.bulletins}
        value={choice.bulletins}
        onChange={(bulletins) => change({ bulletins })}
      />
      <Text size="sm">{sayByHand('targetsIgnored')}</Text>
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
      <VolumeField
        hint="volumeEmergency"
        volume={choice.volume}
        onVolume={(volume) => change({ volume })}
      />
      <Checkbox
        label={say('emergency.isDrill')}
        checked={choice.drill}
        onChange={({ currentTarget }) => change({ drill: currentTarget.checked })}
      />
      <Button
        disabled={
          choice.units.length + choice.speakers.length === 0 || choice.bulletins.length === 0
        }
        onClick={onNext}
      >
        {say('play.next')}
      </Button>
    </Stack>
  );
};
