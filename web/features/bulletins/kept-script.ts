import { useState } from 'react';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { useMyId } from '../../shared/me.tsx';

/** A script that is being typed. */
interface KeptScript {
  readonly text: string;
  readonly type: (text: string) => void;
  /** It was sent. */
  readonly forget: () => void;
}

/**
 * The script that somebody types, kept in this window until it is sent: who closes the dialogue to
 * enter a telephone number, or has to sign in again, finds it as it was.
 */
export const useKeptScript = (replaces: Bulletin | undefined): KeptScript => {
  const place = `tieng-lang.script.${useMyId()}.${replaces?.id ?? ''}`;
  const [text, setText] = useState(() => sessionStorage.getItem(place) ?? replaces?.script ?? '');
  return {
    text,
    type: (typed) => {
      setText(typed);
      try {
        sessionStorage.setItem(place, typed);
      } catch {
        // No room: then it is in the dialogue alone.
      }
    },
    forget: () => sessionStorage.removeItem(place),
  };
};
