import { lazy, Suspense } from 'react';
import type { DialogueProps } from './dialogue-frame.tsx';

const DialogueFrame = lazy(async () => ({
  default: (await import('./dialogue-frame.tsx')).DialogueFrame,
}));

/** A dialogue over the screen, for as long as it is rendered; its code loads with the first one. */
export const Dialogue = (props: DialogueProps) => (
  <Suspense>
    <DialogueFrame {...props} />
  </Suspense>
);
