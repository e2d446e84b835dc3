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

/** A button that cannot be pressed while it works loses the focus; afterwards it has it again. */
const useFocusKept = (): void => {
  useEffect(() => {
    let pressed: Node | null = null;
    const follow = (button: HTMLButtonElement): void => {
      const { activeElement, body } = document;
      const isWorking = button.hasAttribute('data-loading');
      if (isWorking && button === activeElement) pressed = button;
      if (!isWorking && button === pressed && activeElement === body) button.focus();
    };
    const observer = new MutationObserver((changes) => {
      for (const { target } of changes) if (target instanceof HTMLButtonElement) follow(target);
    });
    observer.observe(document.body, { subtree: true, attributeFilter: ['data-loading'] });
    return () => observer.disconnect();
  }, []);
};

/** What `Dialogue` loads. */
export const DialogueFrame = ({ title, onClose, children }: DialogueProps) => {
  const say = useText();
  useFocusBack();
  useFocusKept();
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
