import { Stack, Tabs, Text } from '@mantine/core';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { useBulletinText } from './bulletin-texts.ts';
import { TextForm } from './text-form.tsx';
import { UploadForm } from './upload-form.tsx';

interface NextVersionProps {
  readonly bulletin: Bulletin;
  readonly onDone: () => void;
}

/** The next version of a bulletin, from a text or a recording. */
export const NextVersion = ({ bulletin, onDone }: NextVersionProps) => {
  const say = useBulletinText();
  return (
    <Stack>
      <Text size="sm">{say('version.hint')}</Text>
      <Tabs keepMounted={false} defaultValue={bulletin.manner === null ? 'audio' : 'text'}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="text">{say('version.text')}</Tabs.Tab>
          <Tabs.Tab value="audio">{say('version.audio')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="text">
          <TextForm replaces={bulletin} onDone={onDone} />
        </Tabs.Panel>
        <Tabs.Panel value="audio">
          {bulletin.script !== null && (
            <Text size="sm" mb="sm">
              {say('version.wordsStay')}
            </Text>
          )}
          <UploadForm replaces={bulletin} onDone={onDone} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
};
