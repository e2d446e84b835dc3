/** A piece of two texts: in both, only in the older one, or only in the newer one. */
export interface DiffPiece {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Beyond so many words that differ in each text the whole of them counts as changed. */
const MAX_COMPARED_WORDS = 1500;

/** Words with the blanks behind them, so that pieces joined are the text again. */
const wordsOf = (text: string): string[] => text.match(/\S+\s*|^\s+/g) ?? [];

/** The longest common words of the rests from each pair of places on. */
const commonLengths = (older: readonly string[], newer: readonly string[]): Uint16Array[] => {
  const rows = Array.from({ length: older.length + 1 }, () => new Uint16Array(newer.length + 1));
  for (let i = older.length - 1; i >= 0; i -= 1) {
    const row = rows[i] ?? new Uint16Array(0);
    const below = rows[i + 1] ?? new Uint16Array(0);
    for (let j = newer.length - 1; j >= 0; j -= 1) {
      row[j] =
        older[i]?.trim() === newer[j]?.trim()
          ? (below[j + 1] ?? 0) + 1
          : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
};

/** Whether leaving out the older word keeps as many common ones as leaving out the newer one. */
const keepsMore = (rows: readonly Uint16Array[], i: number, j: number): boolean =>
  (rows[i + 1]?.[j] ?? 0) >= (rows[i]?.[j + 1] ?? 0);

const compare = (older: readonly string[], newer: readonly string[]): DiffPiece[] => {
  if (Math.max(older.length, newer.length) > MAX_COMPARED_WORDS) {
    return [
      { kind: 'gone', text: older.join('') },
      { kind: 'new', text: newer.join('') },
    ];
  }
  const rows = commonLengths(older, newer);
  const pieces: DiffPiece[] = [];
  let i = 0;
  let j = 0;
  while (i < older.length || j < newer.length) {
    const [old, now] = [older[i], newer[j]];
    if (old !== undefined && now !== undefined && old.trim() === now.trim()) {
      pieces.push({ kind: 'same', text: now });
      i += 1;
      j += 1;
    } else if (old !== undefined && (now === undefined || keepsMore(rows, i, j))) {
      pieces.push({ kind: 'gone', text: old });
      i += 1;
    } else {
      pieces.push({ kind: 'new', text: now ?? '' });
      j += 1;
    }
  }
  return pieces;
};

const joined = (pieces: readonly DiffPiece[]): readonly DiffPiece[] => {
  const whole: DiffPiece[] = [];
  for (const piece of pieces) {
    const last = whole.at(-1);
    if (piece.text === '') continue;
    if (last?.kind === piece.kind) {
      whole[whole.length - 1] = { kind: last.kind, text: last.text + piece.text };
    } else whole.push(piece);
  }
  return whole;
};

/** What of the newer text is new and what of the older one is gone, word by word. */
export const wordDiff = (older: string, newer: string): readonly DiffPiece[] => {
  const [old, now] = [wordsOf(older), wordsOf(newer)];
  let from = 0;
  while (from < Math.min(old.length, now.length) && old[from] === now[from]) from += 1;
  const most = Math.min(old.length, now.length) - from;
  let end = 0;
  while (end < most && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return joined([
    { kind: 'same', text: now.slice(0, from).join('') },
    ...compare(old.slice(from, old.length - end), now.slice(from, now.length - end)),
    { kind: 'same', text: now.slice(now.length - end).join('') },
  ]);
};
