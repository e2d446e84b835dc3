import { Checkbox, SimpleGrid, Text } from '@mantine/core';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Programme } from '#schemas/entities/programme.ts';
import { answered, api } from '../../shared/api/api.ts';
import { unitsQuery } from '../../shared/api/queries.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { isOvertaken, rebaseDraft } from '../../shared/overtaken.ts';
import { useMannersText } from '../../shared/texts/manners-texts.ts';
import { useText } from '../../shared/texts/texts.ts';
import { CheckedForm } from '../../shared/ui/checked-form.tsx';
import { ChoiceField, toChoices } from '../../shared/ui/choice-field.tsx';
import { LineField } from '../../shared/ui/line-field.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { useNow } from '../../shared/use-now.ts';
import { programmesQuery } from './airtime-queries.ts';
import { FromToFields } from './from-to-fields.tsx';
import { topUnit } from './top-unit.ts';
import { WeekdaysField } from './weekdays-field.tsx';

/** A programme as it stands in the form; the empty text where it has no end. */
type ProgrammeDraft = Omit<Programme, 'id' | 'to'> & { readonly to: string };

interface FieldsProps {
  readonly draft: ProgrammeDraft;
  readonly onChange: (changed: Partial<ProgrammeDraft>) => void;
}

const Hours = ({ draft, onChange }: FieldsProps) => {
  const say = useText();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <LineField
        label={say('programme.startsAt')}
        type="time"
        required
        value={draft.startsAt}
        onText={(startsAt) => onChange({ startsAt })}
      />
      <LineField
        label={say('programme.endsAt')}
        type="time"
        required
        value={draft.endsAt}
        onText={(endsAt) => onChange({ endsAt })}
      />
      <FromToFields draft={draft} toLabel={say('cap.noEnd')} onChange={onChange} />
    </SimpleGrid>
  );
};

interface ProgrammeFormProps {
  /** What is to be changed; without one the programme is new. */
  readonly programme?: Programme;
  readonly onDone: () => void;
}

const toDraft = ({ id: _, to, ...rest }: Programme): ProgrammeDraft => ({ ...rest, to: to ?? '' });

/**
 * A programme as somebody changes it. When it was changed meanwhile nothing is overwritten: what was
 * entered stays, and all else becomes what holds now.
 */
const useProgrammeDraft = (programme: Programme | undefined) => {
  const client = useQueryClient();
  const today = useLocalTimes().day(useNow());
  const { data: units } = useSuspenseQuery(unitsQuery);
  const [seen, setSeen] = useState(programme);
  const [isRebased, setRebased] = useState(false);
  const [draft, setDraft] = useState<ProgrammeDraft>(() =>
    programme === undefined
      ? {
          ...{ name: '', unit: topUnit(units), from: today, to: '', weekdays: [] },
          ...{ startsAt: '05:30', endsAt: '06:00', suspended: false },
        }
      : toDraft(programme),
  );
  const rebase = async (): Promise<void> => {
    const standing = await client.fetchQuery({ ...programmesQuery, staleTime: 0 });
    const now = standing.find(({ id }) => id === seen?.id);
    if (seen === undefined || now === undefined) return;
    setDraft(rebaseDraft(draft, toDraft(seen), toDraft(now)));
    setSeen(now);
    setRebased(true);
  };
  const orRebase = async <T,>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      if (isOvertaken(error)) await rebase();
      throw error;
    }
  };
  return { units, seen, draft, setDraft, isRebased, orRebase };
};

/** A new fixed programme, or a change of one, with what it makes impossible shown before. */
export const ProgrammeForm = ({ programme, onDone }: ProgrammeFormProps) => {
  const say = useText();
  const sayManners = useMannersText();
  const { units, seen, draft, setDraft, isRebased, orRebase } = useProgrammeDraft(programme);
  const onChange = (changed: Partial<ProgrammeDraft>) => setDraft({ ...draft, ...changed });
  const request = () => ({
    ...draft,
    ...(seen === undefined ? {} : { id: seen.id, seen }),
    to: draft.to || null,
  });
  return (
    <CheckedForm
      value={draft}
      check={async () => {
        const checked = answered(api.programmes.check.$post({ json: request() }));
        return (await orRebase(checked)).findings;
      }}
      save={(confirmed) =>
        orRebase(answered(api.programmes.$post({ json: { ...request(), confirmed } })))
      }
      onDone={onDone}
    >
      <TextField
        label={say('programme.name')}
        value={draft.name}
        onText={(name) => onChange({ name })}
      />
      <ChoiceField
        label={say('rule.unit')}
        required
        value={draft.unit}
        choices={toChoices(units, '').slice(1)}
        onChoice={(unit) => onChange({ unit })}
      />
      <Hours draft={draft} onChange={onChange} />
      <WeekdaysField
        label={say('rule.weekdays')}
        value={draft.weekdays}
        onChange={(weekdays) => onChange({ weekdays: [...weekdays] })}
      />
      <Checkbox
        label={say('programme.suspend')}
        checked={draft.suspended}
        onChange={({ currentTarget }) => onChange({ suspended: currentTarget.checked })}
      />
      {isRebased && <Text size="sm">{sayManners('overtaken')}</Text>}
    </CheckedForm>
  );
};
