import { NativeSelect } from '@mantine/core';
import { useUploadText } from './upload-texts.ts';

/** The file that says the words, or that none of the chosen ones does. */
export type WordsOf = File | 'none';

/** Whether it is the same file, chosen once more. */
export const isSameFile = (file: File, before: WordsOf | null | undefined): boolean =>
  before instanceof File &&
  file.name === before.name &&
  file.size === before.size &&
  file.lastModified === before.lastModified;

/** By so much of its beginning a text is known again. */
const SHOWN_CHARS = 60;

const beginningOf = (script: string): string =>
  script.length <= SHOWN_CHARS ? script : `${script.slice(0, SHOWN_CHARS)}…`;

interface WordsOfWhichProps {
  readonly files: readonly File[];
  readonly script: string;
  /** Null as long as nobody has said it. */
  readonly value: WordsOf | null;
  readonly onChoice: (value: WordsOf | null) => void;
}

/** Asks which of several files the words belong to that were entered before those were chosen. */
export const WordsOfWhich = ({ files, script, value, onChoice }: WordsOfWhichProps) => {
  const say = useUploadText();
  const chosen = value instanceof File ? files.indexOf(value) : -1;
  return (
    <NativeSelect
      label={say('wordsOf')}
      description={say('wordsOf.hint', { words: beginningOf(script) })}
      required
      data={[
        { value: '', label: '–' },
        ...files.map(({ name }, at) => ({ value: `${at}`, label: name })),
        { value: 'none', label: say('wordsOf.none') },
      ]}
      value={chosen < 0 ? (value === 'none' ? 'none' : '') : `${chosen}`}
      onChange={({ currentTarget }) => {
        const chosenNow = currentTarget.value;
        const file = files.find((_, at) => `${at}` === chosenNow) ?? null;
        onChoice(chosenNow === 'none' ? chosenNow : file);
      }}
    />
  );
};
