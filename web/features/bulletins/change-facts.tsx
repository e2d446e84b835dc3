import { Text } from '@mantine/core';
import { useState } from 'react';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { answered, api } from '../../shared/api/api.ts';
import { bulletinsQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { DeedForm } from '../../shared/ui/deed-form.tsx';
import { useBulletinText } from './bulletin-texts.ts';
import { type Description, descriptionOf } from './description.ts';
import { DescriptionFields } from './description-fields.tsx';
import { threadQuery } from './history/thread-query.ts';

const toChange = (bulletin: Bulletin, description: Description) => {
  const { title, language, supplier, campaigns, units, priority, reason } = description;
  return {
    ...{ title, language, campaigns, units, priority },
    supplier: supplier.trim() === '' ? null : supplier,
    validFromMs: description.validFromMs ?? bulletin.validFromMs,
    expiresMs: description.expiresMs ?? bulletin.expiresMs,
    ...(reason.trim() !== '' && { reason }),
  };
};

/** Changes what is said of a bulletin besides its sound. */
export const ChangeFacts = (props: {
  readonly bulletin: Bulletin;
  readonly onDone: () => void;
}) => {
  const { bulletin, onDone } = props;
  const say = useBulletinText();
  const [description, setDescription] = useState(() => descriptionOf(bulletin));
  const change = useDeed(async () => {
    const param = { id: bulletin.id };
    const json = toChange(bulletin, description);
    await answered(api.bulletins[':id'].facts.$post({ param, json }));
    onDone();
  }, [bulletinsQuery.queryKey, threadQuery(bulletin.id).queryKey]);
  return (
    <DeedForm deed={change} label={say('change.send')}>
      <Text size="sm">{say('change.hint')}</Text>
      <DescriptionFields value={description} onChange={setDescription} />
    </DeedForm>
  );
};
