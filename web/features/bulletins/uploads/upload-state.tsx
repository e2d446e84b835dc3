import { Alert, Progress, Text } from '@mantine/core';
import type { UploadView } from '#schemas/entities/upload.ts';
import { useLanguage } from '../../../shared/texts/language.ts';
import { Refusal } from '../../../shared/ui/refusal.tsx';
import type { SendingFile } from './sending-files.ts';
import { useUploadText } from './upload-texts.ts';

/** What the server says of an upload, and what this page knows of its sending; at least one of them. */
export interface UploadOnItsWay {
  readonly seen: UploadView | undefined;
  readonly sending: SendingFile | undefined;
}

const steps = ['received', 'hashed', 'probed', 'measured', 'airable', 'stored'] as const;
/** With the bulletin as the last one. */
const STEP_COUNT = steps.length + 1;

/** How much is at the server, in whole per cent. */
const percentOf = ({ seen, sending }: UploadOnItsWay): number => {
  const bytes = seen?.bytes ?? sending?.bytes ?? 0;
  const sent = Math.max(sending?.sentBytes ?? 0, seen?.receivedBytes ?? 0);
  return bytes === 0 ? 100 : Math.floor((sent / bytes) * 100);
};

const Sent = ({ upload, title }: { readonly upload: UploadOnItsWay; readonly title: string }) => {
  const say = useUploadText();
  const percent = percentOf(upload);
  const { sending, seen } = upload;
  const file = seen?.fileName ?? sending?.fileName ?? '';
  const isLost = sending?.state === 'failed' && sending.error?.code === 'uploadInterrupted';
  const state = sending === undefined ? 'unfinished' : isLost ? 'lost' : sending.state;
  return (
    <>
      <Progress value={percent} aria-label={say('progress', { title })} />
      {state !== 'failed' && (
        <Text size="sm">{say(state === 'whole' ? 'sending' : state, { percent, file })}</Text>
      )}
      {!isLost && <Refusal error={sending?.error} />}
    </>
  );
};

/** How far an upload has come, in words and as a bar. */
export const UploadState = ({
  upload,
  title,
}: {
  readonly upload: UploadOnItsWay;
  readonly title: string;
}) => {
  const say = useUploadText();
  const language = useLanguage();
  const { seen } = upload;
  if (seen?.problem) {
    return (
      <Alert color="red" variant="light" role="alert" c="red.9">
        {seen.problem.sentence[language]}
      </Alert>
    );
  }
  if (seen === undefined || seen.step === 'receiving')
    return <Sent upload={upload} title={title} />;
  const what = steps.find((step) => step === seen.step);
  return (
    <Text size="sm" role="status" data-step={seen.step}>
      {what === undefined
        ? say('bulletin')
        : say('step', { number: steps.indexOf(what) + 1, of: STEP_COUNT, what: say(what) })}
    </Text>
  );
};
