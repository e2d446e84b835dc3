import { useEffect, useState, useSyncExternalStore } from 'react';
import { useDeed } from '../../../shared/api/use-deed.ts';
import { useMyId } from '../../../shared/me.tsx';
import { useText } from '../../../shared/texts/texts.ts';
import { DeedForm } from '../../../shared/ui/deed-form.tsx';
import { type Description, descriptionToQuery, emptyDescription } from '../description.ts';
import { DescriptionFields, SubmitNow } from '../description-fields.tsx';
import { useKeptDraft } from '../kept-draft.ts';
import { soundToQuery, usualSound } from '../sound/sound-draft.ts';
import { SoundAhead } from '../sound/sound-fields.tsx';
import { TakenUp } from '../taken-up.tsx';
import { sendRecording } from '../uploads/sent-recordings.ts';
import { uploadsQuery } from '../uploads/upload-queries.ts';
import { WordsAhead } from '../words-field.tsx';
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
  const { draft, change, forget, ...taken } = useKeptDraft('record', {
    description: emptyDescription,
    sound: usualSound,
    script: '',
  });
  const { description, sound, script } = draft;
  const describe = (changed: Description) => change({ description: changed });
  const state = recorder.state();
  const upload = useDeed(async () => {
    if (state.phase !== 'recorded') return;
    const said = { ...descriptionToQuery(description), ...soundToQuery(sound, false), script };
    await sendRecording(person, state.recorded, said);
    forget();
    onDone();
  }, [uploadsQuery.queryKey]);
  return (
    <DeedForm deed={upload} label={say('upload.send')} isIncomplete={state.phase !== 'recorded'}>
      <RecorderPanel recorder={recorder} />
      <TakenUp isTakenUp={taken.isTakenUp} onClear={taken.clear} />
      <DescriptionFields key={`${taken.isTakenUp}`} value={description} onChange={describe} />
      <WordsAhead
        key={`words ${taken.isTakenUp}`}
        value={script}
        onText={(words) => change({ script: words })}
      />
      <SoundAhead
        draft={sound}
        onChange={(changed) => change({ sound: { ...sound, ...changed } })}
      />
      <SubmitNow value={description} onChange={describe} />
    </DeedForm>
  );
};
