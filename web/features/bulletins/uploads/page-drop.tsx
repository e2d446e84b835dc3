import { lazy, Suspense, useEffect, useState } from 'react';
import { useText } from '../../../shared/texts/texts.ts';
import { Dialogue } from '../../../shared/ui/dialogue.tsx';

const UploadForm = lazy(async () => ({
  default: (await import('../upload-form.tsx')).UploadForm,
}));

const holdsFiles = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.includes('Files') ?? false;

/** Hears of files that are dropped anywhere on the page, where no dialogue is open. */
const useDropped = (onFiles: (files: readonly File[]) => void): void => {
  useEffect(() => {
    const keepPage = (event: DragEvent) => {
      // Else the browser leaves the page for the file, and with it what is being sent.
      if (holdsFiles(event)) event.preventDefault();
    };
    const take = (event: DragEvent) => {
      if (!holdsFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      const isBusy = document.querySelector('[role=dialog]') !== null;
      if (!isBusy) onFiles([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', keepPage);
    window.addEventListener('drop', take);
    return () => {
      window.removeEventListener('dragover', keepPage);
      window.removeEventListener('drop', take);
    };
  }, [onFiles]);
};

/** Files that are dropped on the page are asked about as those that are chosen. */
export const PageDrop = () => {
  const say = useText();
  const [files, setFiles] = useState<readonly File[]>([]);
  useDropped(setFiles);
  if (files.length === 0) return null;
  const close = () => setFiles([]);
  return (
    <Dialogue title={say('upload')} onClose={close}>
      <Suspense>
        <UploadForm dropped={files} onDone={close} />
      </Suspense>
    </Dialogue>
  );
};
