import { Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useBulletinText } from './bulletin-texts.ts';
import { ScriptFile } from './script-file.tsx';

/** As the server takes it. */
const MAX_SCRIPT_CHARS = 60_000;

interface WordsFieldProps {
  readonly value: string;
  readonly onText: (text: string) => void;
}

/** The words that a recording says, typed or out of a file. */
export const WordsField = ({ value, onText }: WordsFieldProps) => {
  const say = useBulletinText();
  return (
    <Stack gap="xs">
      <ScriptFile onText={onText} />
      <Textarea
        label={say('facts.script')}
        description={say('facts.scriptHint')}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={MAX_SCRIPT_CHARS}
        value={value}
        onChange={({ currentTarget }) => onText(currentTarget.value)}
      />
    </Stack>
  );
};

/** The same where a recording is sent, out of the way of who has none at hand. */
export const WordsAhead = (props: WordsFieldProps) => {
  const say = useBulletinText();
  const [isUnfolded, setUnfolded] = useState(props.value !== '');
  return (
    <details open={isUnfolded} onToggle={({ currentTarget }) => setUnfolded(currentTarget.open)}>
      <summary>{say('facts.scriptAhead')}</summary>
      {isUnfolded && (
        <div style={{ marginTop: 'var(--mantine-spacing-xs)' }}>
          <WordsField {...props} />
        </div>
      )}
    </details>
  );
};
