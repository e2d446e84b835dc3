import { useEffect, useState, useSyncExternalStore } from 'react';
import { bulletinsQuery } from '../../../shared/api/queries.ts';
import { useDeed } from '../../../shared/api/use-deed.ts';
import { useMyId } from '../../../shared/me.tsx';
import { useText } from '../../../shared/texts/texts.ts';
import { DeedForm } from '../../../shared/ui/deed-form.tsx';
import { emptyDescription } from '../description.ts';
import { DescriptionFields, SubmitNow } from '../description-fields.tsx';
import { UploadProgress } from '../upload-progress.tsx';
import { uploadRecording } from '../upload-recording.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { RecorderPanel } from './recorder-panel.tsx';

/** A recorder for as long as the form is open. */
const useRecorder = (): Recorder => {
  const person = useMyId();
  const [recorder] = useState(() => createRecorder(person));
  useEffect(() => {
    recorder.open();
    return recorder.close;
  }, [recorder]);
  useSyncExternalStore(recorder.subscribe, recorder.state);
  return recorder;
};

/** What is said into this machine's microphone becomes a bulletin. */
export const RecordForm = ({ onDone }: { readonly onDone: () => void }) => {
  const say = useText();
  const recorder = useRecorder();
  const [description, setDescription] = useState(emptyDescription);
  const [part, setPart] = useState(0);
  const state = recorder.state();
  const upload = useDeed(async () => {
    if (state.phase !== 'recorded') return;
    setPart(0);
    const { sound } = state.recorded;
    const file = new File([sound], description.title, { type: sound.type });
    await uploadRecording({ file, description, onProgress: setPart });
    await recorder.forget();
    onDone();
  }, [bulletinsQuery.queryKey]);
  return (
    <DeedForm deed={upload} label={say('upload.send')} isIncomplete={state.phase !== 'recorded'}>
      <RecorderPanel recorder={recorder} isSending={upload.isPending} />
      <DescriptionFields value={description} onChange={setDescription} />
      <SubmitNow value={description} onChange={setDescription} />
      {upload.isPending && <UploadProgress part={part} />}
    </DeedForm>
  );
};
