import { Anchor, Text } from '@mantine/core';
import { useState } from 'react';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { useText } from '../texts/texts.ts';

const FOLDED_LINES = 3;
/** What fits into the folded lines of an office PC is shown whole. */
const SHORT_CHARS = 240;

interface ScriptTextProps {
  readonly script: string;
  readonly language: Bulletin['language'];
}

/** What a bulletin says; a long text is folded until it is asked for. */
export const ScriptText = ({ script, language }: ScriptTextProps) => {
  const say = useText();
  const [isUnfolded, setUnfolded] = useState(false);
  const isLong = script.length > SHORT_CHARS;
  return (
    <div>
      <Text
        size="sm"
        lang={language}
        style={{ whiteSpace: 'pre-line' }}
        {...(isLong && !isUnfolded && { lineClamp: FOLDED_LINES })}
      >
        {script}
      </Text>
      {isLong && (
        <Anchor
          component="button"
          type="button"
          size="sm"
          aria-expanded={isUnfolded}
          onClick={() => setUnfolded(!isUnfolded)}
        >
          {say(isUnfolded ? 'less' : 'more')}
        </Anchor>
      )}
    </div>
  );
};
