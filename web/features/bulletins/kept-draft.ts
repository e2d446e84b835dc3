import { useEffect, useState } from 'react';
import { useMyId } from '../../shared/me.tsx';

/** What somebody enters into a form. */
interface KeptDraft<T> {
  readonly draft: T;
  readonly change: (changed: Partial<T>) => void;
  /** Whether it was begun before and is taken up again. */
  readonly isTakenUp: boolean;
  /** Begins anew. */
  readonly clear: () => void;
  /** It was sent. */
  readonly forget: () => void;
}

const readDraft = <T extends object>(place: string): Partial<T> | null => {
  const kept = sessionStorage.getItem(place);
  // What this hook wrote, in this window.
  return kept === null ? null : (JSON.parse(kept) as Partial<T>);
};

/**
 * What somebody enters, kept in this window until it is sent: who closes the dialogue to enter a
 * telephone number, or has to sign in again, finds it as it was. `empty` is what a form begins with.
 */
export const useKeptDraft = <T extends object>(name: string, empty: T): KeptDraft<T> => {
  const place = `tieng-lang.draft.${useMyId()}.${name}`;
  const [kept, setKept] = useState(() => readDraft<T>(place));
  const [isTakenUp, setTakenUp] = useState(kept !== null);
  useEffect(() => {
    if (kept === null) return;
    try {
      sessionStorage.setItem(place, JSON.stringify(kept));
    } catch {
      // No room: then it is in the dialogue alone.
    }
  }, [place, kept]);
  const forget = () => sessionStorage.removeItem(place);
  return {
    draft: { ...empty, ...kept },
    change: (changed) => setKept((before) => ({ ...before, ...changed })),
    isTakenUp,
    clear: () => {
      forget();
      setTakenUp(false);
      setKept(null);
    },
    forget,
  };
};
