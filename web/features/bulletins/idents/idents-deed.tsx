import { Button } from '@mantine/core';
import { Suspense, useState } from 'react';
import { Dialogue } from '../../../shared/ui/dialogue.tsx';
import { useIdentText } from './ident-texts.ts';
import { IdentsPanel } from './idents-panel.tsx';

/** Opens what begins and ends the sessions of each unit in a dialogue of its own. */
export const IdentsDeed = () => {
  const say = useIdentText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {say('title')}
      </Button>
      {isOpen && (
        <Dialogue title={say('title')} onClose={() => setOpen(false)}>
          <Suspense>
            <IdentsPanel />
          </Suspense>
        </Dialogue>
      )}
    </>
  );
};
