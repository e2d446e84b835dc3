import { Text, Textarea } from '@mantine/core';
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

/** As the server takes it. */
const MAX_SCRIPT_CHARS = 60_000;

const toChange = (bulletin: Bulletin, description: Description, script: string) => {
  const { title, language, supplier, campaigns, units, priority, reason } = description;
  return {
    ...{ title, language, campaigns, units, priority },
    supplier: supplier.trim() === '' ? null : supplier,
    validFromMs: description.validFromMs ?? bulletin.validFromMs,
    expiresMs: description.expiresMs ?? bulletin.expiresMs,
    ...(reason.trim() !== '' && { reason }),
    ...(bulletin.manner === null && { script }),
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
  const [script, setScript] = useState(bulletin.script ?? '');
  const change = useDeed(async () => {
    const param = { id: bulletin.id };
    const json = toChange(bulletin, description, script);
    await answered(api.bulletins[':id'].facts.$post({ param, json }));
    onDone();
  }, [bulletinsQuery.queryKey, threadQuery(bulletin.id).queryKey]);
  return (
    <DeedForm deed={change} label={say('change.send')}>
      <Text size="sm">{say('change.hint')}</Text>
      <DescriptionFields value={description} onChange={setDescription} />
      {bulletin.manner === null && (
        <Textarea
          label={say('facts.script')}
          description={say('facts.scriptHint')}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={MAX_SCRIPT_CHARS}
          value={script}
          onChange={({ currentTarget }) => setScript(currentTarget.value)}
        />
      )}
    </DeedForm>
  );
};
