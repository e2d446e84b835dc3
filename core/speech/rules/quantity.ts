import type { ChangeKind } from '#schemas/speech.ts';
import { integerToWords } from '../number-words.ts';
import { endsWith, matchAt, type Place, type Rule, textAfter, textBefore } from '../place.ts';
import context from '../words/context.json' with { type: 'json' };
import words from '../words/numbers.json' with { type: 'json' };
import units from '../words/units.json' with { type: 'json' };
import { readNumber } from './number-form.ts';

type Unit = {
  readonly kind: ChangeKind;
  readonly spoken: string | Readonly<Record<Place['usage'], string>>;
};

const unitByWritten = new Map<string, Unit>();
const addUnits = (kind: ChangeKind, table: Readonly<Record<string, Unit['spoken']>>): void => {
  for (const [written, spoken] of Object.entries(table))
    unitByWritten.set(written, { kind, spoken });
};
addUnits('unit', units.units);
addUnits('percent', units.percents);
addUnits('money', units.currencies);

const literal = (text: string): string => text.replace(/[$.*+?^()[\]{}|\\/]/g, '\\$&');
const anyUnit = [...unitByWritten.keys()]
  .sort((a, b) => b.length - a.length)
  .map(literal)
  .join('|');
const UNIT = new RegExp(`[ \\u00a0\\u202f]?(${anyUnit})(?![\\p{L}\\p{M}\\p{N}])`, 'uy');
const DOLLARS = /\$\s?(?=\d)/y;
const MINUS = /[-−](?=\d)/y;
const BEFORE_MINUS = /[\p{L}\p{N}.,)%]\s?$/u;
/** Behind a blank it is a sign where cold is spoken of, and else a dash. */
const COLD_BEFORE = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${context.coldBefore.join('|')})[ \\u00a0]$`,
  'u',
);
/** There it is the dash of a range: 12 -15 độ. */
const BEHIND_NUMBER = /[\d%°º℃]\p{L}?\s$/u;
const COLD_AFTER = /^[-−]\d{1,2}(?:,\d)?(?:\s?(?:đến|-|–)\s?-?\d{1,2})?\s?(?:°|º|℃|độ)/u;

const inWords = ({ spoken }: Unit, usage: Place['usage']): string =>
  typeof spoken === 'string' ? spoken : spoken[usage];

/** The unit, currency or per cent sign that stands at `at`, a blank before it or none. */
export const unitAt = (place: Place, at: number) => {
  const found = matchAt(place, UNIT, at);
  const unit = unitByWritten.get(found?.[1] ?? '');
  if (found === undefined || unit === undefined) return undefined;
  return { to: at + found[0].length, spoken: inWords(unit, place.usage), kind: unit.kind };
};

const dollars = (place: Place, sign: string): ReturnType<Rule> => {
  const number = readNumber({ ...place, at: place.at + sign.length });
  const unit = unitByWritten.get('$');
  if (number === undefined || unit === undefined) return undefined;
  const to = place.at + sign.length + number.written.length;
  return { to, spoken: `${number.spoken} ${inWords(unit, place.usage)}`, kind: 'money' };
};

const isCold = (place: Place): boolean =>
  /\s$/u.test(place.text.slice(0, place.at).slice(-1)) &&
  !BEHIND_NUMBER.test(textBefore(place)) &&
  (COLD_BEFORE.test(textBefore(place)) || COLD_AFTER.test(textAfter(place, place.at)));

const signAt = (place: Place): string => {
  const sign = matchAt(place, MINUS, place.at)?.[0] ?? '';
  if (sign !== '' && isCold(place)) return sign;
  return BEFORE_MINUS.test(place.text.slice(Math.max(0, place.at - 2), place.at)) ? '' : sign;
};

const SHORT_MONEY = /(\d{1,4}tr|\d{2,4}[kK])(\d{1,3})(?![\p{L}\p{M}\p{N}]|[.,]\d)/uy;
const CLASS_SAID = endsWith(['lớp']);
const MILLIONS = /tr$/;
const THOUSANDS = 3;

/** What stands behind tr are thousands, behind k ones, as many as three places hold: 1tr5, 12k5. */
export const shortMoney: Rule = (place) => {
  const found = matchAt(place, SHORT_MONEY, place.at);
  if (found === undefined || CLASS_SAID.test(textBefore(place))) return undefined;
  const [written, head = '', rest = ''] = found;
  const thousand = words.thousand[place.usage];
  const [whole, part] = MILLIONS.test(head) ? [words.million, ` ${thousand}`] : [thousand, ''];
  const behind = String(Number(rest.padEnd(THOUSANDS, '0')));
  const said = `${integerToWords(head.replace(/\D/g, ''), place.usage)} ${whole}`;
  const more = behind === '0' ? '' : ` ${integerToWords(behind, place.usage)}${part}`;
  return { to: place.at + written.length, spoken: `${said}${more}`, kind: 'money' };
};

/** The x between two figures is a sign: 3x4. */
const LETTER = /(?!x\d)[\p{L}\p{M}]/uy;

/** Numbers, with what they count when that is written by a sign: 5km, 500.000đ, 10 %, -2°C. */
export const number: Rule = (place) => {
  const dollar = matchAt(place, DOLLARS, place.at)?.[0];
  if (dollar !== undefined) return dollars(place, dollar);
  const sign = signAt(place);
  const number = readNumber({ ...place, at: place.at + sign.length });
  if (number === undefined) return undefined;
  const end = place.at + sign.length + number.written.length;
  const unit = unitAt(place, end);
  const head = sign === '' ? number.spoken : `${words.minus} ${number.spoken}`;
  if (unit === undefined) return { to: end, spoken: head, kind: 'number' };
  return { to: unit.to, spoken: `${head} ${unit.spoken}`, kind: unit.kind };
};

const LOAD = /(\d{1,2})(?:[.,](\d))? ?T(?![\p{L}\p{M}\p{N}])/uy;
const LOAD_BEFORE = endsWith(context.loadBefore);

/** What a bridge carries or a lorry weighs: 2,5T. */
export const load: Rule = (place) => {
  const found = matchAt(place, LOAD, place.at);
  if (found === undefined || !LOAD_BEFORE.test(textBefore(place))) return undefined;
  const [written, whole = '', part] = found;
  const rest = part === undefined ? '' : ` ${words.comma} ${integerToWords(part, place.usage)}`;
  const spoken = `${integerToWords(whole, place.usage)}${rest} ${words.tonnes}`;
  return { to: place.at + written.length, spoken, kind: 'unit' };
};

const BLANK_AND_MINUS = /[ \u00a0](?=[-−]\d)/y;

/** The blank before a minus is one, and the two are no dash. */
export const beforeMinus: Rule = (place) => {
  const to = place.at + 1;
  if (matchAt(place, BLANK_AND_MINUS, place.at) === undefined) return undefined;
  return isCold({ ...place, at: to }) ? { to, spoken: ' ', kind: 'pause' } : undefined;
};

/** The same, unless letters follow that are no unit, as in 5A. */
export const quantity: Rule = (place) => {
  const said = number(place);
  if (said === undefined || said.kind !== 'number') return said;
  return matchAt(place, LETTER, said.to) === undefined ? said : undefined;
};
