import { Stack, Text, Title } from '@mantine/core';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useText } from '../../shared/texts/texts.ts';

/** What a speaker's machine is enrolled with. */
export interface Code {
  readonly code: string;
  readonly expiresMs: number;
}

/** A code to be told to whoever stands at the speaker; it is shown this once. */
export const CodeShown = ({ code }: { readonly code: Code }) => {
  const say = useText();
  const times = useLocalTimes();
  return (
    <Stack align="center">
      <Title order={2} data-code>
        {code.code}
      </Title>
      <Text>{say('code.text', { when: times.dayAndTime(code.expiresMs) })}</Text>
      <Text className="hash">
        {say('code.command', { server: window.location.origin, code: code.code })}
      </Text>
    </Stack>
  );
};
