import { Text, Textarea } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api } from '../../shared/api/api.ts';
import { speakersQuery, unitsQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { ChoiceField, toChoices } from '../../shared/ui/choice-field.tsx';
import { DeedForm } from '../../shared/ui/deed-form.tsx';
import { LineField } from '../../shared/ui/line-field.tsx';
import { useCorrectionsText } from './corrections-texts.ts';

interface CorrectionFormProps {
  /** The days that are offered first, both included. */
  readonly days: { readonly from: string; readonly to: string };
  readonly onDone: () => void;
}

/** Which speaker did or did not belong to which unit on days past, and why that is said. */
export const CorrectionForm = ({ days, onDone }: CorrectionFormProps) => {
  const say = useCorrectionsText();
  const { data: speakers } = useSuspenseQuery(speakersQuery);
  const { data: units } = useSuspenseQuery(unitsQuery);
  const [given, setGiven] = useState({
    ...days,
    speaker: '',
    unit: '',
    belonged: 'yes',
    reason: '',
  });
  const change = (changed: Partial<typeof given>) => setGiven({ ...given, ...changed });
  const correct = useDeed(async () => {
    const json = { ...given, belonged: given.belonged === 'yes' };
    await answered(api.corrections.$post({ json }));
    onDone();
  }, [['inspection']]);
  const answers = [
    { value: 'yes', label: say('belonged') },
    { value: 'no', label: say('apart') },
  ];
  return (
    <DeedForm
      deed={{ ...correct, mutate: () => correct.mutate(undefined) }}
      label={say('enter')}
      isIncomplete={given.speaker === '' || given.unit === ''}
    >
      <Text size="sm">{say('hint')}</Text>
      <ChoiceField
        label={say('speaker')}
        required
        value={given.speaker}
        choices={toChoices(speakers, say('choose'))}
        onChoice={(speaker) => change({ speaker })}
      />
      {(['from', 'to'] as const).map((name) => (
        <LineField
          key={name}
          type="date"
          label={say(name)}
          required
          value={given[name]}
          onText={(day) => change({ [name]: day })}
        />
      ))}
      <ChoiceField
        label={say('said')}
        required
        value={given.belonged}
        choices={answers}
        onChoice={(belonged) => change({ belonged })}
      />
      <ChoiceField
        label={say('unit')}
        required
        value={given.unit}
        choices={toChoices(units, say('choose'))}
        onChoice={(unit) => change({ unit })}
      />
      <Textarea
        label={say('reason')}
        required
        maxLength={500}
        value={given.reason}
        onChange={({ currentTarget }) => change({ reason: currentTarget.value })}
      />
    </DeedForm>
  );
};
