import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { answered, api } from '../../shared/api/api.ts';
import { bulletinsQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { AskAgain } from '../../shared/ui/ask-again.tsx';
import { useBulletinText } from './bulletin-texts.ts';
import { type Deed, gentle } from './deed.ts';

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

/** Asks a second time, and for the reason when a bulletin is sent back. */
export const AskDeed = (props: { bulletin: Bulletin; deed: Deed; onClose: () => void }) => {
  const { bulletin, deed, onClose } = props;
  const say = useText();
  const sayBulletin = useBulletinText();
  const [reason, setReason] = useState('');
  const doing = useDeed(async () => {
    await perform(bulletin, deed, reason);
    onClose();
  }, [bulletinsQuery.queryKey]);
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
      <Text>{sayBulletin(`${deed}.ask`, { title: bulletin.title })}</Text>
      {deed === 'reject' && (
        <Textarea
          label={sayBulletin('reject.reason')}
          required
          maxLength={500}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      )}
    </AskAgain>
  );
};
