import type { SpeechUsage } from '#schemas/speech.ts';
import words from './words/numbers.json' with { type: 'json' };

/** Above this many digits nobody says a number; its digits are said. */
const MAX_SAID_DIGITS = 18;
const GROUP = 3;
const GROUPS_TO_BILLION = 3;

/** One digit, 0 to 9, as a word. */
export const digitWord = (digit: number): string => words.digits[digit] ?? '';

/** Every digit by itself. `digits` are ASCII digits. */
export const digitsToWords = (digits: string): string =>
  [...digits].map((digit) => digitWord(Number(digit))).join(' ');

const unitAfterTens = (tens: number, unit: number): string => {
  if (unit === 1 && tens > 1) return words.oneAfterTens;
  if (unit === 4 && tens > 1) return words.fourAfterTens;
  if (unit === 5) return words.fiveAfterTen;
  return digitWord(unit);
};

const belowHundred = (value: number): string => {
  const tens = Math.floor(value / 10);
  const unit = value % 10;
  if (tens === 0) return digitWord(unit);
  const head = tens === 1 ? words.ten : `${digitWord(tens)} ${words.tens}`;
  return unit === 0 ? head : `${head} ${unitAfterTens(tens, unit)}`;
};

/** A value below 1000; `isInside` when something was said before it, as in 2.005. */
const belowThousand = (value: number, isInside: boolean, usage: SpeechUsage): string => {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  if (hundreds === 0 && !isInside) return belowHundred(rest);
  const head = `${digitWord(hundreds)} ${words.hundred}`;
  if (rest === 0) return head;
  const gap = rest < 10 ? `${words.zeroTens[usage]} ` : '';
  return `${head} ${gap}${belowHundred(rest)}`;
};

/** Groups of three digits, the last of them the units. */
const toGroups = (digits: string): number[] => {
  const groups: number[] = [];
  for (let end = digits.length; end > 0; end -= GROUP) {
    groups.unshift(Number(digits.slice(Math.max(0, end - GROUP), end)));
  }
  return groups;
};

/** Up to nine digits. */
const belowBillion = (groups: readonly number[], isInside: boolean, usage: SpeechUsage): string => {
  const scales = ['', words.thousand[usage], words.million];
  const parts: string[] = [];
  for (const [index, value] of groups.entries()) {
    if (value === 0) continue;
    const said = belowThousand(value, isInside || parts.length > 0, usage);
    const scale = scales[groups.length - 1 - index] ?? '';
    parts.push(scale === '' ? said : `${said} ${scale}`);
  }
  return parts.join(' ');
};

/**
 * A whole number from its ASCII digits, without separators. Leading noughts are not said; above 18
 * digits every digit is said by itself.
 */
export const integerToWords = (digits: string, usage: SpeechUsage): string => {
  const bare = digits.replace(/^0+(?=\d)/, '');
  if (bare.length > MAX_SAID_DIGITS) return digitsToWords(bare);
  if (bare === '0') return digitWord(0);
  const groups = toGroups(bare);
  const billions = groups.slice(0, Math.max(0, groups.length - GROUPS_TO_BILLION));
  const rest = groups.slice(billions.length);
  const head =
    billions.length === 0 ? '' : `${belowBillion(billions, false, usage)} ${words.billion}`;
  return `${head} ${belowBillion(rest, head !== '', usage)}`.trim();
};

/** What stands behind the comma: up to three digits as a number, unless it begins with 0. */
export const fractionToWords = (digits: string, usage: SpeechUsage): string =>
  digits.length > GROUP || digits.startsWith('0')
    ? digitsToWords(digits)
    : integerToWords(digits, usage);
