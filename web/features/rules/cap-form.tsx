import { SimpleGrid } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api } from '../../shared/api/api.ts';
import { unitsQuery } from '../../shared/api/queries.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';
import { CheckedForm } from '../../shared/ui/checked-form.tsx';
import { ChoiceField, toChoices } from '../../shared/ui/choice-field.tsx';
import { DaypartsField } from '../../shared/ui/dayparts-field.tsx';
import { LineField } from '../../shared/ui/line-field.tsx';
import { useNow } from '../../shared/use-now.ts';
import type { Cap } from './airtime-queries.ts';
import { type CapDraft, capNumbers, capToDraft, draftToRequest, newCapDraft } from './cap-draft.ts';
import { FromToFields } from './from-to-fields.tsx';
import { topUnit } from './top-unit.ts';
import { WeekdaysField } from './weekdays-field.tsx';

interface CapFieldsProps {
  readonly draft: CapDraft;
  readonly onChange: (changed: Partial<CapDraft>) => void;
}

const Limits = ({ draft, onChange }: CapFieldsProps) => {
  const say = useText();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {capNumbers.map((field) => (
        <LineField
          key={field}
          label={say(`cap.${field}`)}
          type="number"
          min={0}
          step={field.endsWith('Minutes') ? 'any' : 1}
          value={draft[field]}
          onText={(text) => onChange({ [field]: text })}
        />
      ))}
      <FromToFields draft={draft} toLabel={say('cap.noEnd')} onChange={onChange} />
    </SimpleGrid>
  );
};

interface CapFormProps {
  /** The version to be changed; without one the cap is new. */
  readonly cap?: Cap;
  readonly onDone: () => void;
}

/** A new cap, or a new version of one, with what it makes impossible shown before it is saved. */
export const CapForm = ({ cap, onDone }: CapFormProps) => {
  const say = useText();
  const today = useLocalTimes().day(useNow());
  const { data: units } = useSuspenseQuery(unitsQuery);
  const [draft, setDraft] = useState<CapDraft>(() =>
    cap === undefined ? { ...newCapDraft(today), unit: topUnit(units) } : capToDraft(cap, today),
  );
  const onChange = (changed: Partial<CapDraft>) => setDraft({ ...draft, ...changed });
  const request = () => draftToRequest(draft, cap?.id);
  return (
    <CheckedForm
      value={draft}
      check={async () => (await answered(api.caps.check.$post({ json: request() }))).findings}
      save={(confirmed) => answered(api.caps.$post({ json: { ...request(), confirmed } }))}
      onDone={onDone}
    >
      <ChoiceField
        label={say('rule.unit')}
        required
        value={draft.unit}
        choices={toChoices(units, '').slice(1)}
        onChoice={(unit) => onChange({ unit })}
      />
      <Limits draft={draft} onChange={onChange} />
      <WeekdaysField
        label={say('cap.forbiddenWeekdays')}
        value={draft.forbiddenWeekdays}
        onChange={(forbiddenWeekdays) => onChange({ forbiddenWeekdays })}
      />
      <DaypartsField
        label={say('cap.quietHours')}
        value={draft.quietHours}
        onChange={(quietHours) => onChange({ quietHours })}
      />
    </CheckedForm>
  );
};
