import { useState } from 'react';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useMyId } from '../../shared/me.tsx';
import { useText } from '../../shared/texts/texts.ts';
import { DeedForm } from '../../shared/ui/deed-form.tsx';
import { type Description, descriptionOf, descriptionToQuery } from './description.ts';
import { DescriptionFields, SubmitNow } from './description-fields.tsx';
import { useKeptDraft } from './kept-draft.ts';
import { type SoundDraft, soundToQuery, usualSound } from './sound/sound-draft.ts';
import { SoundAhead } from './sound/sound-fields.tsx';
import { TakenUp } from './taken-up.tsx';
import { ChosenFiles } from './uploads/chosen-files.tsx';
import { sendNew } from './uploads/sending-files.ts';
import { uploadsQuery } from './uploads/upload-queries.ts';
import { isSameFile, type WordsOf, WordsOfWhich } from './uploads/words-of-which.tsx';
import { WordsAhead } from './words-field.tsx';

interface UploadFormProps {
  /** What it is the next version of; a new bulletin without. */
  readonly replaces?: Bulletin;
  /** What was dropped on the page. */
  readonly dropped?: readonly File[];
  readonly onDone: () => void;
}

/** A file without its ending, as a title; the first of what a file system allows. */
const fileToTitle = ({ name }: File): string =>
  name
    .replace(/\.[^.]+$/, '')
    .normalize('NFC')
    .slice(0, 200);

const suggestedTitle = ([first]: readonly File[]): string =>
  first === undefined ? '' : fileToTitle(first);

interface Said {
  readonly description: Description;
  readonly sound: SoundDraft;
  readonly script: string;
  /** Which of several files says the script. */
  readonly wordsOf: WordsOf | null;
}

/** What of the files could be read is on its way; the answer is what could not. */
const send = async (
  person: string,
  files: readonly File[],
  { description, sound, script, wordsOf }: Said,
): Promise<readonly File[]> => {
  const isForMany = files.length > 1;
  const unread: File[] = [];
  for (const file of files) {
    const title = isForMany ? fileToTitle(file) : description.title;
    const query = descriptionToQuery({ ...description, title });
    // Several recordings do not say the same.
    const words = isForMany && file !== wordsOf ? {} : { script };
    const said = { ...query, ...soundToQuery(sound, isForMany), ...words };
    try {
      await sendNew(person, { file, description: said });
    } catch (error) {
      // The browser's way of saying that a file is gone, or was never one.
      if (!(error instanceof DOMException)) throw error;
      unread.push(file);
    }
  }
  return unread;
};

/** What is chosen, and the title that a single file suggests until another one is typed. */
const useChosen = (replaces: Bulletin | undefined, dropped: readonly File[]) => {
  const kept = useKeptDraft(`upload.${replaces?.first ?? ''}`, {
    description: descriptionOf(replaces),
    sound: usualSound,
    script: replaces?.script ?? '',
  });
  const description = { ...kept.draft.description, replaces: replaces?.id ?? null };
  const [files, setFiles] = useState(dropped);
  const [suggested, setSuggested] = useState(() => suggestedTitle(dropped));
  const [wordsOf, setWordsOf] = useState<WordsOf | null>(null);
  const title = description.title === '' ? suggested : description.title;
  return {
    ...kept,
    files,
    wordsOf,
    setWordsOf,
    description: { ...description, title },
    choose: (chosen: readonly File[]) => {
      const before = files.length === 1 ? files[0] : wordsOf;
      setWordsOf(chosen.find((file) => isSameFile(file, before)) ?? null);
      setFiles(chosen);
      setSuggested(suggestedTitle(chosen));
    },
    describe: (changed: Description) => {
      // What is only suggested is not kept for the next file.
      const isSuggested = changed.title === suggested;
      if (!isSuggested) setSuggested('');
      kept.change({ description: { ...changed, title: isSuggested ? '' : changed.title } });
    },
  };
};

/**
 * Recordings become bulletins, or one the next version of one. They are sent in the background; how
 * far they are, the list of uploads shows.
 */
export const UploadForm = ({ replaces, dropped = [], onDone }: UploadFormProps) => {
  const say = useText();
  const person = useMyId();
  const { files, description, choose, describe, wordsOf, setWordsOf, ...kept } = useChosen(
    replaces,
    dropped,
  );
  const { script } = kept.draft;
  const [unread, setUnread] = useState<readonly File[]>([]);
  const upload = useDeed(async () => {
    const left = await send(person, files, { ...kept.draft, description, wordsOf });
    setUnread(left);
    if (left.length > 0) {
      // What is left says others.
      const isSaid = files.length > 1 && !left.some((file) => file === wordsOf);
      if (isSaid) kept.change({ script: '' });
      return choose(left);
    }
    kept.forget();
    onDone();
  }, [uploadsQuery.queryKey]);
  return (
    <DeedForm deed={upload} label={say('upload.send')} isIncomplete={files.length === 0}>
      <ChosenFiles
        value={files}
        unread={unread}
        most={replaces === undefined ? 'many' : 'one'}
        onChange={(chosen) => {
          setUnread([]);
          choose(chosen);
        }}
      />
      <TakenUp isTakenUp={kept.isTakenUp} onClear={kept.clear} />
      <DescriptionFields key={`${kept.isTakenUp}`} value={description} onChange={describe} />
      {files.length <= 1 && (
        <WordsAhead
          key={`words ${kept.isTakenUp}`}
          value={script}
          onText={(text) => kept.change({ script: text })}
        />
      )}
      {files.length > 1 && script !== '' && (
        <WordsOfWhich files={files} script={script} value={wordsOf} onChoice={setWordsOf} />
      )}
      <SoundAhead
        draft={kept.draft.sound}
        isForMany={files.length > 1}
        onChange={(changed) => kept.change({ sound: { ...kept.draft.sound, ...changed } })}
      />
      <SubmitNow value={description} onChange={describe} />
    </DeedForm>
  );
};
