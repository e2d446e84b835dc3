import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import type { Speaker } from '#schemas/entities/site.ts';
import { useText } from '../../shared/texts/texts.ts';

const PlayDialogue = lazy(async () => ({
  default: (await import('./play-dialogue.tsx')).PlayDialogue,
}));

/** Has released bulletins played now. */
export const PlayNow = ({ speaker }: { readonly speaker: Speaker }) => {
  const say = useText();
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Button size="xs" onClick={open}>
        {say('play')}
      </Button>
      <Suspense>{isOpen && <PlayDialogue speaker={speaker} onClose={close} />}</Suspense>
    </>
  );
};
