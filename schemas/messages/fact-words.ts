import en from './en/words.json' with { type: 'json' };
import { type Catalogue, fillSentence, type Language } from './fill-sentence.ts';
import vi from './vi/words.json' with { type: 'json' };

const words: Readonly<Record<Language, Catalogue>> = { vi, en };
const locales: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' };

const SECOND_MS = 1000;
const MINUTE_S = 60;
const HOUR_S = 3600;
const KILO = 1024;
const MEGA = KILO * KILO;

const counted = (unit: string, count: number, language: Language): string => {
  const text = count.toLocaleString(locales[language], { maximumFractionDigits: 1 });
  return fillSentence(words[language][unit] ?? '', { count: text });
};

/** A length in milliseconds as people say it, to the second; below a minute to the tenth. */
export const durationToText = (durationMs: number, language: Language): string => {
  const wholeS = Math.round(durationMs / SECOND_MS);
  if (wholeS < MINUTE_S) return counted('seconds', durationMs / SECOND_MS, language);
  const parts = [
    { unit: 'hours', count: Math.floor(wholeS / HOUR_S) },
    { unit: 'minutes', count: Math.floor((wholeS % HOUR_S) / MINUTE_S) },
    { unit: 'seconds', count: wholeS % MINUTE_S },
  ];
  const told = parts.filter(({ count }) => count > 0);
  return told.map(({ unit, count }) => counted(unit, count, language)).join(' ');
};

const bytesToText = (bytes: number, language: Language): string => {
  if (bytes >= MEGA) return counted('megabytes', bytes / MEGA, language);
  return bytes >= KILO
    ? counted('kilobytes', bytes / KILO, language)
    : counted('bytes', bytes, language);
};

/** Roles that each suffice, as one text. */
const rolesToText = (roles: string, language: Language): string => {
  const named = roles.split(', ').map((role) => wordOf('needs', role, language));
  const [last, ...others] = named.reverse();
  if (others.length === 0) return last ?? '';
  return fillSentence(words[language].or ?? '', { first: others.reverse().join(', '), last });
};

const wordOf = (name: string, value: string, language: Language): string =>
  words[language][`${name}.${value}`] ?? value;

/**
 * A problem's fact as a sentence tells it: `…Ms` as a length, `…Bytes` as a size, names of things,
 * states, roles and verdicts in the sentence's language; anything else as it is.
 */
export const factToText = (name: string, value: unknown, language: Language): unknown => {
  if (typeof value === 'number' && name.endsWith('Ms')) return durationToText(value, language);
  if (typeof value === 'number' && name.endsWith('Bytes')) return bytesToText(value, language);
  if (typeof value !== 'string') return value;
  return name === 'needs' ? rolesToText(value, language) : wordOf(name, value, language);
};
