import { matchAt, type Place, type Rule } from '../place.ts';
import symbols from '../words/symbols.json' with { type: 'json' };

const RUN =
  /[ \t\u00a0]*[,;:.!?…()[\]"“”„‟«»‘’'`´*_|\\/•·▪●○◦►➢✓✔❖–—−~#^-][,;:.!?…()[\]"“”„‟«»‘’'`´*_|\\/•·▪●○◦►➢✓✔❖–—−~#^\- \t\u00a0]*/y;
const BULLET = /[ \t\u00a0]*[-–—+*•·▪●○◦►➢✓✔❖][ \t\u00a0]+/y;
/** What leads from one thing to the next is a pause. */
const ARROW = /[ \t\u00a0]*(?:[=-]+>|[→⇒➔])[ \t\u00a0]*/uy;
const SYMBOL = /[ \t\u00a0]*([&+=×÷±><≥≤≈@%‰°])[ \t\u00a0]*/y;
/** The + before the number of a country is a part of that number. */
const BEFORE_ABROAD = /[ \t\u00a0]+(?=\+\d{1,3}[ .-]?\d{2,3}[ .-]?\d{3})/y;
const OTHER_SYMBOL = /[ \t\u00a0]*\p{S}(?:[\p{S}\p{Co} \t\u00a0]|\u20e3|\ufe0f)*/uy;
const SILENT = /[\s"“”„‟«»‘’'`´*_#^]/g;
const ENDS_THERE = /^(?:[,;:.!?…)\n]|$)/;
const BRACE = /[{}]/y;
const LETTER_BEFORE = /[\p{L}\p{M}\p{N}]$/u;
const LETTER_AFTER = /^[\p{L}\p{N}]/u;
const SMALL_AFTER = /^\p{Ll}/u;

const wordBySymbol: Readonly<Record<string, string>> = symbols.inText;

/** At the start of a line, or behind its bullet. */
const isLineStart = ({ text, at, last }: Place): boolean =>
  at === 0 || text[at - 1] === '\n' || (last?.to === at && last.kind === 'pause');

const isLineEnd = (text: string, to: number): boolean => to >= text.length || text[to] === '\n';

/** The pause that a run of signs stands for; `after` is what follows it. */
const pauseOf = (marks: string, after: string): string => {
  const shout = /[!?]/.exec(marks)?.[0];
  if (shout !== undefined) return shout;
  if (/…|\.\./.test(marks)) return SMALL_AFTER.test(after) ? ',' : '.';
  if (marks.includes('.')) return '.';
  return marks.includes(':') ? ':' : ',';
};

const isJoint = (place: Place, run: string): boolean =>
  run === '-' &&
  LETTER_BEFORE.test(place.text.slice(Math.max(0, place.at - 2), place.at)) &&
  LETTER_AFTER.test(place.text.slice(place.at + 1, place.at + 2));

const runToPause = (place: Place, run: string): string => {
  const to = place.at + run.length;
  const isEnd = isLineEnd(place.text, to);
  if (isLineStart(place)) return '';
  if (isJoint(place, run)) return ' ';
  const marks = run.replace(SILENT, '');
  if (marks === '') return /\s/.test(run) && !isEnd ? ' ' : '';
  const pause = pauseOf(marks, place.text.slice(to, to + 1));
  if (isEnd) return pause === ',' ? '' : pause;
  return `${pause} `;
};

const plainBlanks = (run: string): string => run.replace(/[ \t\u00a0]+/g, ' ');

/** Signs between words as the pause they make: none, a comma, or the end of a sentence. */
export const pause: Rule = (place) => {
  const bullet = isLineStart(place) ? matchAt(place, BULLET, place.at)?.[0] : undefined;
  if (bullet !== undefined) return { to: place.at + bullet.length, spoken: '', kind: 'pause' };
  const run = matchAt(place, RUN, place.at)?.[0];
  if (run === undefined) return undefined;
  const spoken = runToPause(place, run);
  if (spoken === plainBlanks(run)) return undefined;
  return { to: place.at + run.length, spoken, kind: 'pause' };
};

/** Signs that have a name are said; pictures and other signs are left out. */
export const symbol: Rule = (place) => {
  const arrow = matchAt(place, ARROW, place.at)?.[0];
  if (arrow !== undefined) return { to: place.at + arrow.length, spoken: ', ', kind: 'pause' };
  if (matchAt(place, BEFORE_ABROAD, place.at)) return undefined;
  const named = matchAt(place, SYMBOL, place.at);
  const word = wordBySymbol[named?.[1] ?? ''];
  if (named !== undefined && word !== undefined) {
    return { to: place.at + named[0].length, spoken: ` ${word} `, kind: 'symbol' };
  }
  if (matchAt(place, BRACE, place.at)) return { to: place.at + 1, spoken: '', kind: 'symbol' };
  const other = matchAt(place, OTHER_SYMBOL, place.at);
  if (other === undefined) return undefined;
  const to = place.at + other[0].length;
  const isEnd = ENDS_THERE.test(place.text.slice(to, to + 1));
  return { to, spoken: isEnd ? '' : ' ', kind: 'symbol' };
};
