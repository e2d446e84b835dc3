import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createQueryClient } from './query-client.ts';
import { createConsoleRouter } from './router.tsx';
import { theme } from './theme.ts';

const client = createQueryClient();
const router = createConsoleRouter();

/** The console. */
export const App = () => (
  <MantineProvider theme={theme} forceColorScheme="light">
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>
);
