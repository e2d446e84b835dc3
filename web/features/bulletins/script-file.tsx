import { Button, FileButton, Group } from '@mantine/core';
import { bodyToRefused } from '../../shared/api/refused.ts';
import { useDeed } from '../../shared/api/use-deed.ts';
import { Refusal } from '../../shared/ui/refusal.tsx';
import { useBulletinText } from './bulletin-texts.ts';

const ACCEPTED = '.txt,.docx,.pdf,text/plain,application/pdf';

const fileToText = async (file: File): Promise<string> => {
  const response = await fetch('/api/speech/script-file', { method: 'POST', body: file });
  const body = await response.text();
  if (!response.ok) throw bodyToRefused(body);
  // The route's own answer.
  return (JSON.parse(body) as { text: string }).text;
};

/** Takes the script out of a file. */
export const ScriptFile = ({ onText }: { readonly onText: (text: string) => void }) => {
  const say = useBulletinText();
  const read = useDeed(async (file: File) => onText(await fileToText(file)), []);
  return (
    <>
      <Group>
        <FileButton accept={ACCEPTED} onChange={(file) => file !== null && read.mutate(file)}>
          {(props) => (
            <Button {...props} variant="default" size="xs" loading={read.isPending}>
              {say('text.fromFile')}
            </Button>
          )}
        </FileButton>
      </Group>
      <Refusal error={read.error} />
    </>
  );
};
