import type { SpeechUsage } from '#schemas/speech.ts';
import { integerToWords } from './number-words.ts';
import calendar from './words/calendar.json' with { type: 'json' };
import words from './words/numbers.json' with { type: 'json' };

const CENTURY = '20';
const NOUGHTS = /^0+(?=\d)/;

/** The number of a month without the word for it: the fourth is tư. `digits` are ASCII digits. */
export const monthNumberToWords = (digits: string, usage: SpeechUsage): string =>
  digits.replace(NOUGHTS, '') === '4' ? calendar.fourthMonth : integerToWords(digits, usage);

/** A month, as tháng tư. `digits` are ASCII digits. */
export const monthToWords = (digits: string, usage: SpeechUsage): string =>
  `${calendar.month} ${monthNumberToWords(digits, usage)}`;

/** A year behind something, with a blank before it; two digits are of this century, none is none. */
export const yearToWords = (digits: string | undefined, usage: SpeechUsage): string => {
  if (digits === undefined) return '';
  const whole = digits.length === 2 ? `${CENTURY}${digits}` : digits;
  return ` ${calendar.year} ${integerToWords(whole, usage)}`;
};

/** The number of a day of the week without the word for it: the fourth is tư. */
export const weekdayNumberToWords = (digit: string, usage: SpeechUsage): string =>
  digit === '4' ? words.fourth : integerToWords(digit, usage);
