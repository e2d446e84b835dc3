import { Button } from '@mantine/core';
import { Suspense, useState } from 'react';
import { Dialogue } from '../../../shared/ui/dialogue.tsx';
import { useHotlineText } from './hotline-texts.ts';
import { HotlinesPanel } from './hotlines-panel.tsx';

/** Opens the telephone numbers in a dialogue of their own. */
export const HotlinesDeed = () => {
  const say = useHotlineText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {say('title')}
      </Button>
      {isOpen && (
        <Dialogue title={say('title')} onClose={() => setOpen(false)}>
          <Suspense>
            <HotlinesPanel />
          </Suspense>
        </Dialogue>
      )}
    </>
  );
};
