import { Button, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { answered, api } from '../../shared/api/api.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { LineField } from '../../shared/ui/line-field.tsx';
import { Refusal } from '../../shared/ui/refusal.tsx';
import { directivesQuery } from './airtime-queries.ts';

const empty = { number: '', issuer: '', day: '', abstract: '' };

/** A document that orders airtime, entered as it reads. */
export const DirectiveForm = ({ onDone }: { readonly onDone: () => void }) => {
  const say = useText();
  const [directive, setDirective] = useState(empty);
  const change = (changed: Partial<typeof empty>) => setDirective({ ...directive, ...changed });
  const create = useDeed(
    async (json: typeof empty) => {
      await answered(api.directives.$post({ json }));
      onDone();
    },
    [directivesQuery.queryKey],
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(directive);
      }}
    >
      <Stack>
        <LineField
          label={say('directive.number')}
          required
          maxLength={80}
          value={directive.number}
          onText={(number) => change({ number })}
        />
        <LineField
          label={say('directive.day')}
          type="date"
          required
          value={directive.day}
          onText={(day) => change({ day })}
        />
        <LineField
          label={say('directive.issuer')}
          required
          maxLength={200}
          value={directive.issuer}
          onText={(issuer) => change({ issuer })}
        />
        <Textarea
          label={say('directive.abstract')}
          required
          autosize
          maxLength={2000}
          value={directive.abstract}
          onChange={({ currentTarget }) => change({ abstract: currentTarget.value })}
        />
        <Refusal error={create.error} />
        <Button type="submit" loading={create.isPending}>
          {say('directive.save')}
        </Button>
      </Stack>
    </form>
  );
};
