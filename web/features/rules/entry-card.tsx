import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../shared/texts/texts.ts';

interface EntryCardProps {
  readonly title: string;
  readonly state: ReactNode;
  /** What it says, a line each. */
  readonly lines: readonly string[];
  /** Earlier and coming versions, a line each. */
  readonly history: readonly string[];
  /** Who may not change it is not offered to. */
  readonly change?: { readonly label: string; readonly run: () => void } | undefined;
}

/** A rule or a cap as it reads, with its versions. */
export const EntryCard = ({ title, state, lines, history, change }: EntryCardProps) => {
  const say = useText();
  return (
    <Card component="article" withBorder aria-label={title}>
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <Title order={3} size="h5">
            {title}
          </Title>
          {state}
        </Group>
        {lines.map((line) => (
          <Text key={line} size="sm">
            {line}
          </Text>
        ))}
        {history.length > 1 && (
          <details>
            <summary>{say('rule.history')}</summary>
            {history.map((line) => (
              <Text key={line} size="sm" c="gray.7">
                {line}
              </Text>
            ))}
          </details>
        )}
        {change !== undefined && (
          <Group>
            <Button size="xs" variant="default" onClick={change.run}>
              {change.label}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  );
};
