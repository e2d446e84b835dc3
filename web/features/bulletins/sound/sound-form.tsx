import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import type { Making } from '#schemas/making.ts';
import { answered, api } from '../../../shared/api/api.ts';
import { bulletinsQuery } from '../../../shared/api/queries.ts';
import { useDeed } from '../../../shared/api/use-deed.ts';
import { DeedForm } from '../../../shared/ui/deed-form.tsx';
import { Refusal } from '../../../shared/ui/refusal.tsx';
import { draftToAired, draftToChoices, makingToDraft, type SoundDraft } from './sound-draft.ts';
import { SoundFields } from './sound-fields.tsx';
import { useSeconds, useSoundText } from './sound-texts.ts';
import { Waveform } from './waveform.tsx';

const Sample = ({ making }: { readonly making: Making }) => {
  const say = useSoundText();
  const seconds = useSeconds();
  const { clip, sourceMs, cutStartMs, cutEndMs } = making;
  const length = seconds(sourceMs - cutStartMs - cutEndMs);
  const told = say('sound.heard', { length, start: seconds(cutStartMs), end: seconds(cutEndMs) });
  return (
    <div role="status">
      <Text size="sm">{told}</Text>
      {/* biome-ignore lint/a11y/useMediaCaption: a recording that somebody brought has no script. */}
      <audio controls src={`/clips/${clip}`} aria-label={told} style={{ width: '100%' }} />
    </div>
  );
};

/** The ends of a recording and what is done to it, heard before they are taken. */
export const SoundForm = (props: {
  readonly bulletin: Bulletin;
  readonly making: Making;
  readonly onDone: () => void;
}) => {
  const say = useSoundText();
  const seconds = useSeconds();
  const { making, onDone } = props;
  const param = { id: props.bulletin.id };
  const [draft, setDraft] = useState(() => makingToDraft(making));
  const routes = api.bulletins[':id'].making;
  const json = draftToChoices(draft);
  const preview = useDeed(() => answered(routes.preview.$post({ param, json })), []);
  const take = useDeed(async () => {
    await answered(routes.$post({ param, json }));
    onDone();
  }, [bulletinsQuery.queryKey]);
  const onChange = (changed: Partial<SoundDraft>) => {
    preview.reset();
    setDraft({ ...draft, ...changed });
  };
  return (
    <DeedForm deed={take} label={say('sound.take')}>
      <Waveform
        peaks={making.peaks}
        aired={draftToAired(draft, preview.data ?? making)}
        label={say('sound.picture', { length: seconds(making.sourceMs) })}
      />
      <SoundFields draft={draft} onChange={onChange} />
      <Refusal error={preview.error} />
      <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>
        {say('sound.preview')}
      </Button>
      {preview.data !== undefined && <Sample making={preview.data} />}
      <Text size="sm">{say('sound.anew')}</Text>
    </DeedForm>
  );
};
