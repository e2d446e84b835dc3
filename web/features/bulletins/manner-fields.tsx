import { NativeSelect, SimpleGrid } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { SpeechManner, Voice } from '#schemas/speech.ts';
import { useLanguage } from '../../shared/texts/language.ts';
import { type SayBulletin, useBulletinText } from './bulletin-texts.ts';
import { voicesQuery } from './speech-queries.ts';

const speedsPercent = [75, 90, 100, 110, 125];
const pausesMs = [400, 800, 1500, 2500];
const repeats = [0, 1, 2];

const voiceToText = ({ engine, name }: Voice, say: SayBulletin): string => {
  if (engine === 'piper') return say('voice.neural', { name });
  if (name === 'vi-vn-x-central') return say('voice.central');
  return say(name === 'vi-vn-x-south' ? 'voice.south' : 'voice.north');
};

interface ChoiceProps {
  readonly label: string;
  readonly value: number;
  readonly choices: readonly number[];
  readonly toText: (choice: number) => string;
  readonly onChange: (choice: number) => void;
}

const Choice = ({ label, value, choices, toText, onChange }: ChoiceProps) => (
  <NativeSelect
    label={label}
    data={choices.map((choice) => ({ value: String(choice), label: toText(choice) }))}
    value={String(value)}
    onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
  />
);

interface MannerFieldsProps {
  readonly value: SpeechManner;
  readonly onChange: (value: SpeechManner) => void;
}

/** Which voice reads, in whose words, how fast, with which pauses and repeats. */
export const MannerFields = ({ value, onChange }: MannerFieldsProps) => {
  const say = useBulletinText();
  const seconds = new Intl.NumberFormat(useLanguage());
  const { data: voices } = useSuspenseQuery(voicesQuery);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <NativeSelect
        label={say('manner.voice')}
        data={voices.map((voice) => ({ value: voice.id, label: voiceToText(voice, say) }))}
        value={value.voice}
        onChange={({ currentTarget }) => onChange({ ...value, voice: currentTarget.value })}
      />
      <NativeSelect
        label={say('manner.usage')}
        data={(['north', 'south'] as const).map((usage) => ({
          value: usage,
          label: say(`usage.${usage}`),
        }))}
        value={value.usage}
        onChange={({ currentTarget }) =>
          onChange({ ...value, usage: currentTarget.value === 'south' ? 'south' : 'north' })
        }
      />
      <Choice
        label={say('manner.speed')}
        value={value.speedPercent}
        choices={speedsPercent}
        toText={(percent) => say('manner.speedPercent', { percent })}
        onChange={(speedPercent) => onChange({ ...value, speedPercent })}
      />
      <Choice
        label={say('manner.pause')}
        value={value.pauseMs}
        choices={pausesMs}
        toText={(ms) => say('manner.pauseSeconds', { seconds: seconds.format(ms / 1000) })}
        onChange={(pauseMs) => onChange({ ...value, pauseMs })}
      />
      <Choice
        label={say('manner.repeats')}
        value={value.repeats}
        choices={repeats}
        toText={(times) => say(times === 0 ? 'manner.never' : 'manner.times', { times })}
        onChange={(times) => onChange({ ...value, repeats: times })}
      />
    </SimpleGrid>
  );
};
