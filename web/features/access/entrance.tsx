import { Center, Group, Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { LanguageSwitch } from '../../shared/texts/language-switch.tsx';

/** The page before the console: one form. */
export const Entrance = ({ title, children }: { title: string; children: ReactNode }) => (
  <Center component="main" mih="100vh" p="md">
    <Paper withBorder p="lg" w="100%" maw={420}>
      <Stack>
        <Group justify="space-between">
          <img src="/icon.svg" alt="" width={40} height={40} />
          <LanguageSwitch />
        </Group>
        <Title order={1} size="h3">
          {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  </Center>
);
