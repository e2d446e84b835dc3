import { Text } from '@mantine/core';
import { useState } from 'react';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { answered, api } from '../../shared/api/api.ts';
import { bulletinsQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { isOvertaken, rebaseDraft } from '../../shared/overtaken.ts';
import { DeedForm } from '../../shared/ui/deed-form.tsx';
import { useBulletinText } from './bulletin-texts.ts';
import { type Description, descriptionOf } from './description.ts';
import { DescriptionFields } from './description-fields.tsx';
import { threadQuery } from './history/thread-query.ts';
import { useKeptDraft } from './kept-draft.ts';
import { OvertakenFacts } from './overtaken-facts.tsx';
import { TakenUp } from './taken-up.tsx';
import { WordsField } from './words-field.tsx';

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

const asSeen = ({
  title,
  language,
  supplier,
  script,
  campaigns,
  units,
  priority,
  ...rest
}: Bulletin) => {
  const { validFromMs, expiresMs } = rest;
  return { title, language, supplier, script, campaigns, units, priority, validFromMs, expiresMs };
};

const draftOf = (bulletin: Bulletin) => ({
  ...descriptionOf(bulletin),
  script: bulletin.script ?? '',
});

/**
 * What is said of a bulletin as somebody changes it. When it was changed meanwhile nothing is
 * overwritten: what was entered stays, and all else becomes what holds now. Nor is it lost when the
 * dialogue is closed by a slip, or by another version that takes the place of this one.
 */
const useFactsDraft = (bulletin: Bulletin) => {
  const begun = { seen: bulletin, ...draftOf(bulletin) };
  const kept = useKeptDraft(`change.${bulletin.first}`, begun);
  const { seen, ...draft } = kept.draft;
  const [before, setBefore] = useState(seen);
  const param = { id: bulletin.id };
  const rebase = async (): Promise<void> => {
    const now = await answered(api.bulletins[':id'].$get({ param }));
    setBefore(seen);
    kept.change({ seen: now, ...rebaseDraft(draft, draftOf(seen), draftOf(now)) });
  };
  const save = async (): Promise<void> => {
    const json = { ...toChange(bulletin, draft, draft.script), seen: asSeen(seen) };
    try {
      await answered(api.bulletins[':id'].facts.$post({ param, json }));
      kept.forget();
    } catch (error) {
      if (isOvertaken(error)) await rebase();
      throw error;
    }
  };
  const change = (changed: Partial<typeof draft>) => kept.change({ seen, ...changed });
  return { ...kept, seen, before, draft, change, save };
};

/** Changes what is said of a bulletin besides its sound. */
export const ChangeFacts = (props: {
  readonly bulletin: Bulletin;
  readonly onDone: () => void;
}) => {
  const { bulletin, onDone } = props;
  const say = useBulletinText();
  const { seen, before, draft, change: enter, save, ...kept } = useFactsDraft(bulletin);
  const change = useDeed(async () => {
    await save();
    onDone();
  }, [bulletinsQuery.queryKey, threadQuery(bulletin.id).queryKey]);
  return (
    <DeedForm deed={change} label={say('change.send')}>
      <Text size="sm">{say('change.hint')}</Text>
      <TakenUp isTakenUp={kept.isTakenUp} onClear={kept.clear} />
      <DescriptionFields
        key={`${kept.isTakenUp}/${seen.validFromMs}/${seen.expiresMs}`}
        value={draft}
        onChange={enter}
      />
      {bulletin.manner === null && (
        <WordsField value={draft.script} onText={(script) => enter({ script })} />
      )}
      {isOvertaken(change.error) && <OvertakenFacts before={before} now={seen} />}
    </DeedForm>
  );
};
