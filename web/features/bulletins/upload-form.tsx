import { useState } from 'react';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useMyId } from '../../shared/me.tsx';
import { useText } from '../../shared/texts/texts.ts';
import { DeedForm } from '../../shared/ui/deed-form.tsx';
import { type Description, descriptionOf, descriptionToQuery } from './description.ts';
import { DescriptionFields, SubmitNow } from './description-fields.tsx';
import { ChosenFiles } from './uploads/chosen-files.tsx';
import { sendNew } from './uploads/sending-files.ts';
import { uploadsQuery } from './uploads/upload-queries.ts';

interface UploadFormProps {
  /** What it is the next version of; a new bulletin without. */
  readonly replaces?: Bulletin;
  readonly onDone: () => void;
}

/** A file without its ending, as a title; the first of what a file system allows. */
const fileToTitle = ({ name }: File): string =>
  name
    .replace(/\.[^.]+$/, '')
    .normalize('NFC')
    .slice(0, 200);

const send = async (
  person: string,
  files: readonly File[],
  description: Description,
): Promise<void> => {
  for (const file of files) {
    const title = files.length > 1 ? fileToTitle(file) : description.title;
    await sendNew(person, { file, description: descriptionToQuery({ ...description, title }) });
  }
};

/**
 * Recordings become bulletins, or one the next version of one. They are sent in the background; how
 * far they are, the list of uploads shows.
 */
export const UploadForm = ({ replaces, onDone }: UploadFormProps) => {
  const say = useText();
  const person = useMyId();
  const [description, setDescription] = useState(() => descriptionOf(replaces));
  const [files, setFiles] = useState<readonly File[]>([]);
  const upload = useDeed(async () => {
    await send(person, files, description);
    onDone();
  }, [uploadsQuery.queryKey]);
  return (
    <DeedForm deed={upload} label={say('upload.send')} isIncomplete={files.length === 0}>
      <ChosenFiles
        value={files}
        most={replaces === undefined ? 'many' : 'one'}
        onChange={(chosen) => {
          setFiles(chosen);
          const [first] = chosen;
          if (first !== undefined && description.title === '') {
            setDescription({ ...description, title: fileToTitle(first) });
          }
        }}
      />
      <DescriptionFields value={description} onChange={setDescription} />
      <SubmitNow value={description} onChange={setDescription} />
    </DeedForm>
  );
};
