import { Modal } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../texts/texts.ts';

export interface DialogueProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Who works with the keyboard goes on where the dialogue was opened from. */
const useFocusBack = (): void => {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement) opener.focus();
    },
    [opener],
  );
};

/** What `Dialogue` loads. */
export const DialogueFrame = ({ title, onClose, children }: DialogueProps) => {
  const say = useText();
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      // A long title has several lines.
      styles={{ title: { lineHeight: 1.35 } }}
      // A press beside it is a slip, and would lose what was typed.
      closeOnClickOutside={false}
      // Else it is a second banner of the page.
      attributes={{ header: { role: 'group' } }}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      {children}
    </Modal>
  );
};
