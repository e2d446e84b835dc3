import { useEffect, useState, useSyncExternalStore } from 'react';
import { useDeed } from '../../../shared/api/use-deed.ts';
import { useMyId } from '../../../shared/me.tsx';
import { useText } from '../../../shared/texts/texts.ts';
import { DeedForm } from '../../../shared/ui/deed-form.tsx';
import { descriptionToQuery, emptyDescription } from '../description.ts';
import { DescriptionFields, SubmitNow } from '../description-fields.tsx';
import { useKeptDraft } from '../kept-draft.ts';
import { TakenUp } from '../taken-up.tsx';
import { sendRecording } from '../uploads/sent-recordings.ts';
import { uploadsQuery } from '../uploads/upload-queries.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { RecorderPanel } from './recorder-panel.tsx';

/** A recorder for as long as the form is open. */
const useRecorder = (person: string): Recorder => {
  const [recorder] = useState(() => createRecorder(person));
  useEffect(() => {
    recorder.open();
    return recorder.close;
  }, [recorder]);
  useSyncExternalStore(recorder.subscribe, recorder.state);
  return recorder;
};

/**
 * What is said into this machine's microphone becomes a bulletin. It is sent in the background, as a
 * chosen file is.
 */
export const RecordForm = ({ onDone }: { readonly onDone: () => void }) => {
  const say = useText();
  const person = useMyId();
  const recorder = useRecorder(person);
  const { draft, change, forget, ...taken } = useKeptDraft('record', emptyDescription);
  const state = recorder.state();
  const upload = useDeed(async () => {
    if (state.phase !== 'recorded') return;
    await sendRecording(person, state.recorded, descriptionToQuery(draft));
    forget();
    onDone();
  }, [uploadsQuery.queryKey]);
  return (
    <DeedForm deed={upload} label={say('upload.send')} isIncomplete={state.phase !== 'recorded'}>
      <RecorderPanel recorder={recorder} />
      <TakenUp isTakenUp={taken.isTakenUp} onClear={taken.clear} />
      <DescriptionFields key={`${taken.isTakenUp}`} value={draft} onChange={change} />
      <SubmitNow value={draft} onChange={change} />
    </DeedForm>
  );
};
