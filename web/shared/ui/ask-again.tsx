import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../texts/texts.ts';
import { Dialogue } from './dialogue.tsx';
import { Refusal } from './refusal.tsx';

interface AskAgainProps {
  readonly title: string;
  readonly onClose: () => void;
  /** What the second press of a button does. */
  readonly confirm: { readonly label: string; readonly run: () => void };
  /** Nothing is lost by it, and so it is not red. */
  readonly isGentle?: boolean;
  /** What is asked for is not said yet. */
  readonly isIncomplete?: boolean;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly children: ReactNode;
}

/** Asks a second time before something happens that others hear. */
export const AskAgain = (props: AskAgainProps) => {
  const say = useText();
  return (
    <Dialogue title={props.title} onClose={props.onClose}>
      <Stack>
        {props.children}
        <Refusal error={props.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {say('cancel')}
          </Button>
          <Button
            {...(props.isGentle ? {} : { color: 'red.8' })}
            disabled={props.isIncomplete ?? false}
            loading={props.isBusy}
            onClick={props.confirm.run}
          >
            {props.confirm.label}
          </Button>
        </Group>
      </Stack>
    </Dialogue>
  );
};
