import { Checkbox, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Hotline, HotlineKind } from '#schemas/entities/hotline.ts';
import { answered, api } from '../../../shared/api/api.ts';
import { bulletinsQuery, unitsQuery } from '../../../shared/api/queries.ts';
import { useDeed } from '../../../shared/api/use-deed.ts';
import { isOvertaken } from '../../../shared/overtaken.ts';
import { ChoiceField, toChoices } from '../../../shared/ui/choice-field.tsx';
import { DeedForm } from '../../../shared/ui/deed-form.tsx';
import { LineField } from '../../../shared/ui/line-field.tsx';
import { TextField } from '../../../shared/ui/text-field.tsx';
import { fetchNumber, hotlinesQuery } from './hotline-queries.ts';
import { useHotlineText } from './hotline-texts.ts';

const kinds = [
  'police',
  'fire',
  'medical',
  'childProtection',
  'villageHead',
  'authority',
  'other',
] as const satisfies readonly HotlineKind[];

const MAX_KEY = 63;
const MAX_NAME = 120;
const MAX_NUMBER = 24;

/** A number as it stands in the form; empty texts for none. */
const draftOf = (line: Hotline | undefined) => ({
  key: line?.key ?? '',
  name: line?.name ?? '',
  kind: line?.kind ?? ('police' as HotlineKind),
  unit: line?.unit ?? '',
  number: line?.number ?? '',
  holdBack: false,
});

/** Enters a number, or another one in place of `line`, whose key and place it keeps. */
export const HotlineForm = ({ line }: { readonly line: Hotline | undefined }) => {
  const say = useHotlineText();
  const { data: units } = useSuspenseQuery(unitsQuery);
  const [draft, setDraft] = useState(() => draftOf(line));
  const [seen, setSeen] = useState(line?.number ?? null);
  const change = (changed: Partial<typeof draft>) => {
    save.reset();
    // At another place nothing was seen yet.
    if ('key' in changed || 'unit' in changed) setSeen(null);
    setDraft({ ...draft, ...changed });
  };
  const save = useDeed(async () => {
    const { unit, number } = draft;
    const placed = { unit: unit === '' ? null : unit, number: number === '' ? null : number };
    const asked = { ...draft, ...placed };
    try {
      await answered(api.hotlines.$put({ json: { ...asked, seen } }));
    } catch (error) {
      if (isOvertaken(error)) setSeen(await fetchNumber(asked));
      throw error;
    }
    setSeen(asked.number);
    setDraft({ ...draft, holdBack: false });
  }, [hotlinesQuery.queryKey, bulletinsQuery.queryKey]);
  return (
    <DeedForm deed={save} label={say('save')}>
      <TextField
        label={say('name')}
        maxLength={MAX_NAME}
        value={draft.name}
        onText={(name) => change({ name })}
      />
      <TextField
        label={say('key')}
        description={say('keyHint')}
        pattern="[a-z0-9][a-z0-9\-]*"
        readOnly={line !== undefined}
        maxLength={MAX_KEY}
        value={draft.key}
        onText={(key) => change({ key })}
      />
      <ChoiceField
        label={say('kind')}
        value={draft.kind}
        choices={kinds.map((value) => ({ value, label: say(`kind.${value}`) }))}
        onChoice={(kind) => change({ kind })}
      />
      <ChoiceField
        label={say('unit')}
        value={draft.unit}
        choices={toChoices(units, say('everywhere')).filter(
          ({ value }) => line === undefined || value === draft.unit,
        )}
        onChoice={(unit) => change({ unit })}
      />
      <LineField
        label={say('number')}
        description={say('numberHint')}
        inputMode="tel"
        maxLength={MAX_NUMBER}
        value={draft.number}
        onText={(number) => change({ number })}
      />
      <Checkbox
        label={say('holdBack')}
        description={say('holdBackHint')}
        checked={draft.holdBack}
        onChange={({ currentTarget }) => change({ holdBack: currentTarget.checked })}
      />
      {isOvertaken(save.error) && (
        <Text size="sm">{say('overtaken', { number: seen ?? '–' })}</Text>
      )}
      {save.isSuccess && <Text role="status">{say('saved')}</Text>}
    </DeedForm>
  );
};
