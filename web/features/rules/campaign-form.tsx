import { Button, Checkbox, Stack } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api } from '../../shared/api/api.ts';
import { campaignsQuery } from '../../shared/api/queries.ts';
import { Refused } from '../../shared/api/refused.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { ChoiceField, toChoices } from '../../shared/ui/choice-field.tsx';
import { LineField } from '../../shared/ui/line-field.tsx';
import { Refusal } from '../../shared/ui/refusal.tsx';
import { directivesQuery } from './airtime-queries.ts';

/** What may be right all the same, and is confirmed. */
const ODD = 'ruleStartsBeforeDirective';

const empty = { name: '', directive: '', from: '', to: '' };

/** A topic that is broadcast over a period because of a directive. */
export const CampaignForm = ({ onDone }: { readonly onDone: () => void }) => {
  const say = useText();
  const { data: directives } = useSuspenseQuery(directivesQuery);
  const [campaign, setCampaign] = useState(empty);
  const [isConfirmed, setConfirmed] = useState(false);
  const change = (changed: Partial<typeof empty>) => setCampaign({ ...campaign, ...changed });
  const create = useDeed(
    async (given: typeof empty) => {
      const confirmed = isConfirmed ? [ODD] : [];
      const directive = given.directive || null;
      await answered(api.campaigns.$post({ json: { ...given, directive, confirmed } }));
      onDone();
    },
    [campaignsQuery.queryKey],
  );
  const named = directives.map(({ id, number, abstract }) => ({
    id,
    name: `${number} · ${abstract}`,
  }));
  const isOdd = create.error instanceof Refused && create.error.code === ODD;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(campaign);
      }}
    >
      <Stack>
        <LineField
          label={say('name')}
          required
          maxLength={200}
          value={campaign.name}
          onText={(name) => change({ name })}
        />
        <ChoiceField
          label={say('rule.directive')}
          value={campaign.directive}
          choices={toChoices(named.toReversed(), say('directive.none'))}
          onChoice={(directive) => change({ directive })}
        />
        <LineField
          label={say('rule.from')}
          type="date"
          required
          value={campaign.from}
          onText={(from) => change({ from })}
        />
        <LineField
          label={say('rule.to')}
          type="date"
          required
          value={campaign.to}
          onText={(to) => change({ to })}
        />
        <Refusal error={create.error} />
        {(isOdd || isConfirmed) && (
          <Checkbox
            label={say('entry.confirm')}
            checked={isConfirmed}
            onChange={({ currentTarget }) => setConfirmed(currentTarget.checked)}
          />
        )}
        <Button type="submit" loading={create.isPending}>
          {say('campaign.save')}
        </Button>
      </Stack>
    </form>
  );
};
