import { Progress, Text } from '@mantine/core';
import { useRecordingText } from './recording/recording-texts.ts';

/** How much has gone over the line, from 0 to 1. */
export const UploadProgress = ({ part }: { readonly part: number }) => {
  const say = useRecordingText();
  const percent = Math.floor(part * 100);
  return (
    <div>
      <Progress value={percent} animated aria-label={say('upload.progress')} />
      <Text size="sm">
        {percent < 100 ? say('upload.sent', { percent }) : say('upload.checking')}
      </Text>
    </div>
  );
};
