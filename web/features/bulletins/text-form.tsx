import { Textarea } from '@mantine/core';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { usualManner } from '#schemas/speech.ts';
import { answered, api } from '../../shared/api/api.ts';
import { bulletinsQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { DeedForm } from '../../shared/ui/deed-form.tsx';
import { useBulletinText } from './bulletin-texts.ts';
import { type Description, descriptionOf, descriptionToRequest } from './description.ts';
import { DescriptionFields, SubmitNow } from './description-fields.tsx';
import { useKeptDraft } from './kept-draft.ts';
import { MannerFields } from './manner-fields.tsx';
import { ReadingPreview } from './reading-preview.tsx';
import { ScriptFile } from './script-file.tsx';
import { TakenUp } from './taken-up.tsx';

interface TextFormProps {
  /** What it is the next version of; a new bulletin without. */
  readonly replaces?: Bulletin;
  readonly onDone: () => void;
}

/** A text becomes a bulletin that a voice reads out, or the next version of one. */
export const TextForm = ({ replaces, onDone }: TextFormProps) => {
  const say = useBulletinText();
  const { draft, change, forget, ...taken } = useKeptDraft(`text.${replaces?.first ?? ''}`, {
    description: descriptionOf(replaces),
    text: replaces?.script ?? '',
    manner: replaces?.manner ?? usualManner,
  });
  const { text, manner } = draft;
  const description = { ...draft.description, replaces: replaces?.id ?? null };
  const describe = (changed: Description) => change({ description: changed });
  const write = useDeed(async () => {
    const json = { ...descriptionToRequest(description), text, manner };
    await answered(api.bulletins.text.$post({ json }));
    forget();
    onDone();
  }, [bulletinsQuery.queryKey]);
  return (
    <DeedForm deed={write} label={say('text.send')}>
      <TakenUp isTakenUp={taken.isTakenUp} onClear={taken.clear} />
      <DescriptionFields key={`${taken.isTakenUp}`} value={description} onChange={describe} />
      <ScriptFile onText={(read) => change({ text: read })} />
      <Textarea
        label={say('text.script')}
        description={say('text.hint')}
        required
        autosize
        minRows={6}
        maxRows={16}
        value={text}
        onChange={({ currentTarget }) => change({ text: currentTarget.value })}
      />
      <details>
        <summary>{say('manner')}</summary>
        <MannerFields value={manner} onChange={(changed) => change({ manner: changed })} />
      </details>
      <ReadingPreview text={text} manner={manner} units={description.units} />
      <SubmitNow value={description} onChange={describe} />
    </DeedForm>
  );
};
