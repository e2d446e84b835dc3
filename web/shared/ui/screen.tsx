import { Group, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface ScreenProps {
  readonly title: string;
  /** What can be done here, beside the title. */
  readonly deeds?: ReactNode;
  readonly children: ReactNode;
}

/** One screen: its name, what can be done, and what there is. */
export const Screen = ({ title, deeds, children }: ScreenProps) => (
  <Stack gap="md">
    <Group justify="space-between" gap="xs">
      <Title order={1} size="h2">
        {title}
      </Title>
      <Group gap="xs">{deeds}</Group>
    </Group>
    {children}
  </Stack>
);
