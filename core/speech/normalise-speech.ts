import type { SpeechUsage, SpokenChange, SpokenText } from '#schemas/speech.ts';
import { cleanText } from './clean-text.ts';
import { PLACEHOLDER, type ReadNumbers } from './hotlines.ts';
import { createLexicon, type Lexicon } from './lexicon.ts';
import { matchAt, type Place, type Rule, type Said } from './place.ts';
import { address } from './rules/address.ts';
import { date } from './rules/date.ts';
import { dateList } from './rules/date-list.ts';
import { code, phone } from './rules/digits.ts';
import { documentKind, documentMark, documentNumber } from './rules/document.ts';
import { figures } from './rules/figures.ts';
import { hotline } from './rules/hotline.ts';
import { ordinal, roman } from './rules/ordinal.ts';
import { pause, symbol } from './rules/pause.ts';
import { plate } from './rules/plate.ts';
import { beforeMinus, load, number, quantity, shortMoney } from './rules/quantity.ts';
import { between, each, fraction } from './rules/relation.ts';
import { time } from './rules/time.ts';
import { weekday } from './rules/weekday.ts';
import { known, mixed, otherDigits, spelt } from './rules/word.ts';
import { speechPieces } from './speech-pieces.ts';

/** How a text is read: whose words, which lexicon, and the numbers for its placeholders. */
export type SpeechReading = {
  readonly usage: SpeechUsage;
  readonly lexicon: Lexicon;
  readonly numbers?: ReadNumbers;
};

/** The first rule that has something to say wins. */
const rules: readonly Rule[] = [
  address,
  beforeMinus,
  plate,
  figures,
  between,
  documentKind,
  documentNumber,
  dateList,
  date,
  weekday,
  phone,
  time,
  code,
  fraction,
  ordinal,
  load,
  quantity,
  shortMoney,
  known,
  documentMark,
  roman,
  mixed,
  number,
  spelt,
  otherDigits,
  each,
  pause,
  symbol,
];

/** Of a placeholder that nobody fills in nothing is read. */
const PLACEHOLDER_HERE = new RegExp(PLACEHOLDER, 'uy');
const WORD = /[\p{L}\p{M}]+/uy;
const BLANKS = /\s+/y;
const ANY = /./suy;

const noNumbers: ReadNumbers = new Map();
const defaultReading: SpeechReading = { usage: 'north', lexicon: createLexicon() };

const say = (place: Place): Said | undefined => {
  for (const rule of rules) {
    const said = rule(place);
    if (said !== undefined && said.to > place.at) return said;
  }
  return undefined;
};

const step = (place: Place, pattern: RegExp): number =>
  matchAt(place, pattern, place.at)?.[0].length ?? 0;

/** Where the reader goes on when nothing stands here that is said in other words. */
const next = (place: Place): number =>
  place.at + (step(place, WORD) || step(place, BLANKS) || step(place, ANY) || 1);

/** Kinds of changes that are between words. */
const silent: ReadonlySet<SpokenChange['kind']> = new Set(['pause', 'symbol']);

const readChanges = (text: string, reading: SpeechReading): SpokenChange[] => {
  const changes: SpokenChange[] = [];
  let lastWords: SpokenChange | undefined;
  let at = 0;
  while (at < text.length) {
    const place: Place = {
      numbers: noNumbers,
      ...reading,
      text,
      at,
      lastWords,
      last: changes.at(-1),
    };
    const kept = step(place, PLACEHOLDER_HERE);
    const said = kept > 0 ? hotline(place) : say(place);
    const change = said && { from: at, ...said };
    if (change !== undefined) changes.push(change);
    if (change !== undefined && !silent.has(change.kind)) lastWords = change;
    at = said?.to ?? (kept > 0 ? at + kept : next(place));
  }
  return changes;
};

/**
 * A script as a voice should read it: numbers, dates, money, abbreviations, foreign words and signs
 * in Vietnamese words, with every change and where it stands in `source`, in the order of the text.
 * Placeholders in braces are telephone numbers, read digit by digit; those that the reading does not
 * know are left as they are. It never throws, takes time in proportion to the text, and leaves as it
 * is what is words already. Source: issue 6, 4.
 */
export const normaliseSpeech = (
  text: string,
  reading: SpeechReading = defaultReading,
): SpokenText => {
  const source = cleanText(text);
  const changes = readChanges(source, reading);
  const spoken = speechPieces({ source, changes })
    .map(({ text: piece }) => piece)
    .join('');
  return { source, spoken, changes };
};
