import { Button, Group, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { answered, api } from '../../shared/api/api.ts';
import { bulletinsQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useHasRole } from '../../shared/me.tsx';
import { type TextKey, useText } from '../../shared/texts/texts.ts';
import { AskAgain } from '../../shared/ui/ask-again.tsx';

const deeds = ['submit', 'release', 'reject', 'withdraw'] as const;
type Deed = (typeof deeds)[number];
const gentle: ReadonlySet<Deed> = new Set(['submit', 'release']);

const from: Readonly<Record<Deed, readonly Bulletin['state'][]>> = {
  submit: ['draft'],
  release: ['submitted'],
  reject: ['submitted'],
  withdraw: ['draft', 'submitted', 'released'],
};

const useAllowed = (state: Bulletin['state']): readonly Deed[] => {
  const operates = useHasRole('operator');
  const approves = useHasRole('approver');
  const may: Readonly<Record<Deed, boolean>> = {
    submit: operates,
    release: approves,
    reject: approves,
    withdraw: operates || approves,
  };
  return deeds.filter((deed) => may[deed] && from[deed].includes(state));
};

const perform = ({ id, clip }: Bulletin, deed: Deed, reason: string): Promise<unknown> => {
  const param = { id };
  const one = api.bulletins[':id'];
  switch (deed) {
    case 'submit':
      return answered(one.submit.$post({ param }));
    case 'release':
      return answered(one.release.$post({ param, json: { clip } }));
    case 'reject':
      return answered(one.reject.$post({ param, json: { reason } }));
    case 'withdraw':
      return answered(one.withdraw.$post({ param }));
  }
};

const AskDeed = (props: { bulletin: Bulletin; deed: Deed; onClose: () => void }) => {
  const { bulletin, deed, onClose } = props;
  const say = useText();
  const [reason, setReason] = useState('');
  const doing = useDeed(async () => {
    await perform(bulletin, deed, reason);
    onClose();
  }, [bulletinsQuery.queryKey]);
  const ask: TextKey = `${deed}.ask`;
  return (
    <AskAgain
      title={say(deed)}
      onClose={onClose}
      confirm={{ label: say(deed), run: () => doing.mutate() }}
      isGentle={gentle.has(deed)}
      isIncomplete={deed === 'reject' && reason.trim() === ''}
      isBusy={doing.isPending}
      error={doing.error}
    >
      <Text>{say(ask, { title: bulletin.title })}</Text>
      {deed === 'reject' && (
        <Textarea
          label={say('reject.reason')}
          required
          maxLength={500}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      )}
    </AskAgain>
  );
};

/** What may become of a bulletin now, by whoever is signed in. */
export const BulletinDeeds = ({ bulletin }: { readonly bulletin: Bulletin }) => {
  const say = useText();
  const allowed = useAllowed(bulletin.state);
  const [asked, setAsked] = useState<Deed | null>(null);
  return (
    <Group gap="xs">
      {allowed.map((deed) => (
        <Button
          key={deed}
          size="xs"
          variant={gentle.has(deed) ? 'filled' : 'default'}
          onClick={() => setAsked(deed)}
        >
          {say(deed)}
        </Button>
      ))}
      {asked !== null && (
        <AskDeed bulletin={bulletin} deed={asked} onClose={() => setAsked(null)} />
      )}
    </Group>
  );
};
