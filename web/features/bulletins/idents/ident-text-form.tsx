import { Checkbox, Stack, Text, Textarea } from '@mantine/core';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IdentRole } from '#schemas/entities/ident.ts';
import { UNIT_NAME_KEY } from '#schemas/unit-name-key.ts';
import { answered, api } from '../../../shared/api/api.ts';
import { bulletinsQuery, unitsQuery } from '../../../shared/api/queries.ts';
import { useDeed } from '../../../shared/api/use-deed.ts';
import { DeedForm } from '../../../shared/ui/deed-form.tsx';
import { TextField } from '../../../shared/ui/text-field.tsx';
import { EVERYWHERE, identTexts, isWaiting } from './ident-sendings.ts';
import { useIdentText } from './ident-texts.ts';

/** Leaves room in a title for the unit's name. */
const MAX_NAME = 100;
const UNITS_HEIGHT = 220;
const empty = { name: '', text: '', units: [] as string[] };

/** One text, read out for each of the units with its own name and submitted. */
export const IdentTextForm = ({ role }: { readonly role: IdentRole }) => {
  const say = useIdentText();
  const client = useQueryClient();
  const { data: units } = useSuspenseQuery(unitsQuery);
  const [draft, setDraft] = useState(empty);
  const places = [{ id: EVERYWHERE, name: say('everywhere') }, ...units];
  const change = (changed: Partial<typeof draft>) => {
    send.reset();
    setDraft({ ...draft, ...changed });
  };
  const send = useDeed(async () => {
    const sent = await client.fetchQuery({ ...bulletinsQuery, staleTime: 0 });
    const chosen = places.filter(({ id }) => draft.units.includes(id));
    for (const each of identTexts({ ...draft, role }, chosen)) {
      if (sent.some((bulletin) => isWaiting(bulletin, each))) continue;
      await answered(api.bulletins.text.$post({ json: each }));
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
