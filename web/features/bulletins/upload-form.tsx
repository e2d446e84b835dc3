import { FileInput } from '@mantine/core';
import { useState } from 'react';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { bulletinsQuery } from '../../shared/api/queries.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { useText } from '../../shared/texts/texts.ts';
import { DeedForm } from '../../shared/ui/deed-form.tsx';
import { descriptionOf } from './description.ts';
import { DescriptionFields, SubmitNow } from './description-fields.tsx';
import { UploadProgress } from './upload-progress.tsx';
import { uploadRecording } from './upload-recording.ts';

interface UploadFormProps {
  /** What it is the next version of; a new bulletin without. */
  readonly replaces?: Bulletin;
  readonly onDone: () => void;
}

/** A recording becomes a bulletin, or the next version of one. */
export const UploadForm = ({ replaces, onDone }: UploadFormProps) => {
  const say = useText();
  const [description, setDescription] = useState(() => descriptionOf(replaces));
  const [file, setFile] = useState<File | null>(null);
  const [part, setPart] = useState(0);
  const upload = useDeed(async () => {
    if (file === null) return;
    setPart(0);
    await uploadRecording({ file, description, onProgress: setPart });
    onDone();
  }, [bulletinsQuery.queryKey]);
  return (
    <DeedForm deed={upload} label={say('upload.send')} isIncomplete={file === null}>
      <FileInput
        label={say('upload.file')}
        description={say('upload.formats')}
        placeholder={say('upload.choose')}
        accept="audio/*"
        required
        clearable={false}
        value={file}
        onChange={(chosen) => {
          setFile(chosen);
          const title = chosen?.name.replace(/\.[^.]+$/, '') ?? '';
          if (description.title === '') setDescription({ ...description, title });
        }}
      />
      <DescriptionFields value={description} onChange={setDescription} />
      <SubmitNow value={description} onChange={setDescription} />
      {upload.isPending && <UploadProgress part={part} />}
    </DeedForm>
  );
};
