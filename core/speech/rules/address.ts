import { lettersToWords } from '../letters.ts';
import { sayWord } from '../lexicon.ts';
import { digitsToWords } from '../number-words.ts';
import { matchAt, type Place, type Rule } from '../place.ts';
import symbols from '../words/symbols.json' with { type: 'json' };

const EMAIL = /[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}/y;
const LINK = /(?:https?:\/\/|www\.)[A-Za-z0-9][^\s<>"“”{}\p{Cc}]{0,300}/iuy;
const DOMAIN =
  /[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:vn|com|net|org|gov|edu|info|io)(?![\p{L}\p{N}])(?:\/[a-z0-9._~/?=&%#+-]{0,200})?/iuy;
const AT_ITS_END = /[.,;:!?)\]'’/]+$/;
const BEFORE_IT = /^(?:https?:\/\/)?(?:www\.)?/i;
const PIECES = /[A-Za-z]+|\d+|./gu;

const wordBySymbol: Readonly<Record<string, string>> = symbols.inAddress;
const wordByLabel: Readonly<Record<string, string>> = symbols.labels;

const letters = (piece: string, { lexicon }: Place): string => {
  const known = wordByLabel[piece.toLowerCase()] ?? sayWord(lexicon, piece);
  if (known !== undefined) return known;
  return /[aeiouy]/i.test(piece) ? piece : lettersToWords(piece);
};

const pieceToWords = (piece: string, place: Place): string => {
  if (/^\d/.test(piece)) return digitsToWords(piece);
  if (/^[A-Za-z]/.test(piece)) return letters(piece, place);
  return wordBySymbol[piece] ?? piece;
};

/** Web and e-mail addresses, sign by sign; `https://` and `www.` are not said. */
export const address: Rule = (place) => {
  const { at } = place;
  const found = matchAt(place, EMAIL, at) ?? matchAt(place, LINK, at) ?? matchAt(place, DOMAIN, at);
  if (found === undefined) return undefined;
  const written = found[0].replace(AT_ITS_END, '');
  const pieces = written.replace(BEFORE_IT, '').match(PIECES) ?? [];
  const spoken = pieces.map((piece) => pieceToWords(piece, place)).filter((said) => said !== '');
  return { to: at + written.length, spoken: spoken.join(' '), kind: 'address' };
};
