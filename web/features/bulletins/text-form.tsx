import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { usualManner } from '#schemas/speech.ts';
import { answered, api } from '../../shared/api/api.ts';
import { bulletinsQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { DeedForm } from '../../shared/ui/deed-form.tsx';
import { useBulletinText } from './bulletin-texts.ts';
import { descriptionOf, descriptionToRequest } from './description.ts';
import { DescriptionFields, SubmitNow } from './description-fields.tsx';
import { useKeptScript } from './kept-script.ts';
import { MannerFields } from './manner-fields.tsx';
import { ReadingPreview } from './reading-preview.tsx';
import { ScriptFile } from './script-file.tsx';

interface TextFormProps {
  /** What it is the next version of; a new bulletin without. */
  readonly replaces?: Bulletin;
  readonly onDone: () => void;
}

/** A text becomes a bulletin that a voice reads out, or the next version of one. */
export const TextForm = ({ replaces, onDone }: TextFormProps) => {
  const say = useBulletinText();
  const [description, setDescription] = useState(() => descriptionOf(replaces));
  const { text, type, forget } = useKeptScript(replaces);
  const [manner, setManner] = useState(replaces?.manner ?? usualManner);
  const write = useDeed(async () => {
    const json = { ...descriptionToRequest(description), text, manner };
    await answered(api.bulletins.text.$post({ json }));
    forget();
    onDone();
  }, [bulletinsQuery.queryKey]);
  return (
    <DeedForm deed={write} label={say('text.send')}>
      <DescriptionFields value={description} onChange={setDescription} />
      <ScriptFile onText={type} />
      <Textarea
        label={say('text.script')}
        description={say('text.hint')}
        required
        autosize
        minRows={6}
        maxRows={16}
        value={text}
        onChange={({ currentTarget }) => type(currentTarget.value)}
      />
      <details>
        <summary>{say('manner')}</summary>
        <MannerFields value={manner} onChange={setManner} />
      </details>
      <ReadingPreview text={text} manner={manner} units={description.units} />
      <SubmitNow value={description} onChange={setDescription} />
    </DeedForm>
  );
};
