import { Checkbox, Stack, Text, Textarea } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IdentRole } from '#schemas/entities/ident.ts';
import { UNIT_NAME_KEY } from '#schemas/unit-name-key.ts';
import { answered, api } from '../../../shared/api/api.ts';
import { bulletinsQuery, unitsQuery } from '../../../shared/api/queries.ts';
import { Refused } from '../../../shared/api/refused.ts';
import { useDeed } from '../../../shared/api/use-deed.ts';
import { DeedForm } from '../../../shared/ui/deed-form.tsx';
import { TextField } from '../../../shared/ui/text-field.tsx';
import { useIdentText } from './ident-texts.ts';

/** Leaves room in a title for the unit's name. */
const MAX_NAME = 100;
const UNITS_HEIGHT = 220;
/** Stands for the whole site among the units. */
const EVERYWHERE = 'everywhere';

const empty = { name: '', text: '', units: [] as string[] };

/** What was sent before, in a try that broke off half way, is not sent twice. */
const unlessThere = async (sent: Promise<unknown>): Promise<void> => {
  try {
    await sent;
  } catch (error) {
    if (!(error instanceof Refused && error.code === 'alreadyExists')) throw error;
  }
};

/** One text, read out for each of the units with its own name and submitted. */
export const IdentTextForm = ({ role }: { readonly role: IdentRole }) => {
  const say = useIdentText();
  const { data: units } = useSuspenseQuery(unitsQuery);
  const [draft, setDraft] = useState(empty);
  const places = [{ id: EVERYWHERE, name: say('everywhere') }, ...units];
  const change = (changed: Partial<typeof draft>) => {
    send.reset();
    setDraft({ ...draft, ...changed });
  };
  const send = useDeed(async () => {
    const { name, text } = draft;
    for (const place of places.filter(({ id }) => draft.units.includes(id))) {
      const title = `${name}: ${place.name}`;
      const json = { title, text, role, units: place.id === EVERYWHERE ? [] : [place.id] };
      await unlessThere(answered(api.bulletins.text.$post({ json })));
    }
    setDraft(empty);
  }, [bulletinsQuery.queryKey]);
  return (
    <DeedForm deed={send} label={say('send')} isIncomplete={draft.units.length === 0}>
      <TextField
        label={say('name')}
        maxLength={MAX_NAME}
        value={draft.name}
        onText={(name) => change({ name })}
      />
      <Textarea
        label={say('script')}
        description={say('scriptHint', { placeholder: `{${UNIT_NAME_KEY}}` })}
        required
        autosize
        minRows={3}
        maxRows={8}
        value={draft.text}
        onChange={({ currentTarget }) => change({ text: currentTarget.value })}
      />
      <Checkbox.Group
        label={say('units')}
        value={draft.units}
        onChange={(chosen) => change({ units: chosen })}
      >
        <Stack gap="xs" mt="xs" mah={UNITS_HEIGHT} style={{ overflowY: 'auto' }}>
          {places.map(({ id, name }) => (
            <Checkbox key={id} value={id} label={name} />
          ))}
        </Stack>
      </Checkbox.Group>
      {send.isSuccess && <Text role="status">{say('sent')}</Text>}
    </DeedForm>
  );
};
