import { Button, FileButton, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useDeed } from '../../../shared/api/use-deed.ts';
import { useMyId } from '../../../shared/me.tsx';
import { Refusal } from '../../../shared/ui/refusal.tsx';
import { forgetSending, pauseSending, resumeSending, sendAgain } from './sending-files.ts';
import { cancelUpload, retryUpload, uploadsQuery } from './upload-queries.ts';
import type { UploadOnItsWay } from './upload-state.tsx';
import { type SayUpload, useUploadText } from './upload-texts.ts';

type DeedName = 'pause' | 'resume' | 'again' | 'retry' | 'cancel' | 'dismiss';

interface DeedButtonProps {
  readonly name: DeedName;
  readonly title: string;
  readonly onClick: () => void;
  readonly isPending?: boolean;
}

const labelOf = (say: SayUpload, name: DeedName, title: string): string =>
  say('deedOf', { deed: say(name), title });

const DeedButton = ({ name, title, onClick, isPending = false }: DeedButtonProps) => {
  const say = useUploadText();
  return (
    <Button
      size="xs"
      variant="default"
      loading={isPending}
      aria-label={labelOf(say, name, title)}
      onClick={onClick}
    >
      {say(name)}
    </Button>
  );
};

/** Chooses the file of an upload that nobody sends, and goes on with it. */
const ChooseAgain = ({ seen, title }: { seen: UploadOnItsWay['seen']; title: string }) => {
  const say = useUploadText();
  const person = useMyId();
  const [isOther, setOther] = useState(false);
  if (seen === undefined) return null;
  return (
    <>
      <FileButton
        accept="audio/*,video/*"
        onChange={async (file) => {
          if (file !== null) setOther(!(await sendAgain(person, { file, upload: seen })));
        }}
      >
        {(button) => (
          <Button {...button} size="xs" aria-label={labelOf(say, 'again', title)}>
            {say('again')}
          </Button>
        )}
      </FileButton>
      {isOther && (
        <Text size="sm" role="alert" c="red.9">
          {say('other', { file: seen.fileName })}
        </Text>
      )}
    </>
  );
};

interface UploadDeedsProps {
  readonly upload: UploadOnItsWay;
  readonly title: string;
}

const SendingDeeds = ({ upload: { seen, sending }, title }: UploadDeedsProps) => {
  if (sending === undefined) return <ChooseAgain seen={seen} title={title} />;
  const { key, state } = sending;
  if (state === 'whole') return null;
  return state === 'sending' ? (
    <DeedButton name="pause" title={title} onClick={() => pauseSending(key)} />
  ) : (
    <DeedButton name="resume" title={title} onClick={() => resumeSending(key)} />
  );
};

/** What can be done about an upload where it stands. */
export const UploadDeeds = ({ upload, title }: UploadDeedsProps) => {
  const { seen, sending } = upload;
  const id = seen?.id ?? sending?.id ?? null;
  const cancel = useDeed(async () => {
    // Forgotten at the end: what is kept of a recording would else be sent on meanwhile.
    if (sending !== undefined) pauseSending(sending.key);
    if (id !== null) await cancelUpload(id);
    if (sending !== undefined) forgetSending(sending.key);
  }, [uploadsQuery.queryKey]);
  const retry = useDeed(async () => {
    if (id !== null) await retryUpload(id);
  }, [uploadsQuery.queryKey]);
  if (seen?.step === 'bulletin') return null;
  const isRefused = seen?.step === 'refused';
  return (
    <>
      <Group gap="xs">
        {(seen === undefined || seen.step === 'receiving') && (
          <SendingDeeds upload={upload} title={title} />
        )}
        {seen?.retriable && (
          <DeedButton
            name="retry"
            title={title}
            isPending={retry.isPending}
            onClick={() => retry.mutate()}
          />
        )}
        <DeedButton
          name={isRefused ? 'dismiss' : 'cancel'}
          title={title}
          isPending={cancel.isPending}
          onClick={() => cancel.mutate()}
        />
      </Group>
      <Refusal error={cancel.error ?? retry.error} />
    </>
  );
};
