import { Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Refusal } from './refusal.tsx';

interface DeedFormProps {
  /** What is done with what the fields hold. */
  readonly deed: {
    readonly mutate: () => void;
    readonly isPending: boolean;
    readonly error: unknown;
  };
  /** What the button says. */
  readonly label: string;
  /** What the browser does not see is still missing. */
  readonly isIncomplete?: boolean;
  readonly children: ReactNode;
}

/** Fields, why the last try was refused, and the button that tries. */
export const DeedForm = (props: DeedFormProps) => {
  const { deed, label, isIncomplete = false, children } = props;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        deed.mutate();
      }}
    >
      <Stack>
        {children}
        <Refusal error={deed.error} />
        <Button type="submit" disabled={isIncomplete} loading={deed.isPending}>
          {label}
        </Button>
      </Stack>
    </form>
  );
};
