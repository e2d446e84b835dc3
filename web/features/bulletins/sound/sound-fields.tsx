import { Checkbox, Group, Stack } from '@mantine/core';
import { ChoiceField } from '../../../shared/ui/choice-field.tsx';
import { LineField } from '../../../shared/ui/line-field.tsx';
import type { SoundDraft } from './sound-draft.ts';
import { useSoundText } from './sound-texts.ts';

interface FieldsProps {
  readonly draft: SoundDraft;
  /** Several recordings have no ends in common. */
  readonly isForMany?: boolean;
  readonly onChange: (changed: Partial<SoundDraft>) => void;
}

const ends = ['auto', 'none', 'hand'] as const;

const Ends = ({ draft, isForMany = false, onChange }: FieldsProps) => {
  const say = useSoundText();
  const number = { type: 'number', min: 0, max: 3600, step: 0.1, required: true } as const;
  return (
    <>
      <ChoiceField
        label={say('sound.trim')}
        value={draft.how}
        choices={(isForMany ? ends.slice(0, 2) : ends).map((value) => ({
          value,
          label: say(`sound.trim.${value}`),
        }))}
        onChoice={(how) => onChange({ how })}
      />
      {draft.how === 'hand' && !isForMany && (
        <Group grow>
          <LineField
            {...number}
            label={say('sound.from')}
            value={draft.fromS}
            onText={(fromS) => onChange({ fromS })}
          />
          <LineField
            {...number}
            label={say('sound.to')}
            value={draft.toS}
            onText={(toS) => onChange({ toS })}
          />
        </Group>
      )}
    </>
  );
};

const Cleaning = ({ draft, onChange }: FieldsProps) => {
  const say = useSoundText();
  return (
    <>
      {(['reduceNoise', 'softLimit'] as const).map((field) => (
        <Checkbox
          key={field}
          label={say(`sound.${field}`)}
          checked={draft[field]}
          onChange={({ currentTarget }) => onChange({ [field]: currentTarget.checked })}
        />
      ))}
    </>
  );
};

/** The ends of a recording, and what is done to it. */
export const SoundFields = (props: FieldsProps) => (
  <>
    <Ends {...props} />
    <Cleaning {...props} />
  </>
);

/** The same where a recording is sent, out of the way of who wants nothing of it. */
export const SoundAhead = (props: FieldsProps) => {
  const say = useSoundText();
  return (
    <details>
      <summary>{say('sound.ahead')}</summary>
      <Stack mt="xs">
        <SoundFields {...props} />
      </Stack>
    </details>
  );
};
