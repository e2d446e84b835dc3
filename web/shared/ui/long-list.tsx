import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useLanguage } from '../texts/language.ts';
import { useText } from '../texts/texts.ts';

const FindField = lazy(async () => ({ default: (await import('./list-tools.tsx')).FindField }));
const ShowMore = lazy(async () => ({ default: (await import('./list-tools.tsx')).ShowMore }));

/** So many rows of a list are drawn at first, and with each "show more". */
const DRAWN_AT_ONCE = 50;

/** Without case and marks: "thon 1" finds "Thôn 1". */
const toFound = (text: string): string =>
  text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');

interface LongListProps<T> {
  /** What the list shows, for its search. */
  readonly label: string;
  readonly all: readonly T[];
  /** What one of them is found by. */
  readonly toText: (one: T) => string;
  readonly drawnAtOnce?: number;
  /** Draws those that are shown. */
  readonly children: (shown: readonly T[]) => ReactNode;
}

/** A list of any length: the first of it, a search for the others, and more when asked for. */
export const LongList = <T,>(props: LongListProps<T>) => {
  const { label, all, toText, drawnAtOnce = DRAWN_AT_ONCE, children } = props;
  const say = useText();
  const language = useLanguage();
  const [wanted, setWanted] = useState('');
  const [most, setMost] = useState(drawnAtOnce);
  const words = toFound(wanted).split(/\s+/).filter(Boolean);
  const isFound = (text: string): boolean => words.every((word) => text.includes(word));
  const found = words.length === 0 ? all : all.filter((one) => isFound(toFound(toText(one))));
  const shown = found.slice(0, most);
  return (
    <>
      <Suspense>
        {(all.length > drawnAtOnce || wanted !== '') && (
          <FindField
            {...{ language, label, wanted }}
            onWanted={setWanted}
            shown={shown.length}
            count={found.length}
          />
        )}
      </Suspense>
      {children(shown)}
      <Suspense>
        {found.length > most && (
          <ShowMore label={say('more')} onMore={() => setMost(most + drawnAtOnce)} />
        )}
      </Suspense>
    </>
  );
};
