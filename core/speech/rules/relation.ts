import { integerToWords } from '../number-words.ts';
import { beginsWith, matchAt, type Place, type Rule, textAfter, textBefore } from '../place.ts';
import context from '../words/context.json' with { type: 'json' };
import words from '../words/numbers.json' with { type: 'json' };
import { unitAt } from './quantity.ts';

const DASH = /[ \u00a0]{0,2}[-–—−~][ \u00a0]{0,2}(?=[\d$])/y;
const TIMES = /[ \u00a0]{0,2}[x×][ \u00a0]{0,2}(?=\d)/y;
const WHOLE = '(\\d{1,3}(?:\\.\\d{3}){1,3}|\\d{1,4})';
const FRACTION = new RegExp(`${WHOLE}\\/${WHOLE}(?![\\p{N}/]|\\.\\d)`, 'uy');
const SCALE = /(\d{1,3}):(\d{2,7})(?![\p{N}:])/uy;
const LARGEST_PART = 10;

const counted = new Set([
  'number',
  'range',
  'date',
  'time',
  'money',
  'unit',
  'percent',
  'ordinal',
  'roman',
]);
const COUNTED = beginsWith(context.counted);
const PER = beginsWith(context.per);
const JOINED = beginsWith(context.joined);
const ENDS_IN_WORD = /[\p{L}\p{M}\p{N}%'’]$/u;

const isRightAfter = ({ last, at }: Place): boolean => last?.to === at;

/** The dash between two quantities is đến, between two dates a part of them; the x is nhân. */
export const between: Rule = (place) => {
  if (!isRightAfter(place) || !counted.has(place.last?.kind ?? '')) return undefined;
  const dash = matchAt(place, DASH, place.at)?.[0];
  if (dash !== undefined) {
    const kind = place.last?.kind === 'date' ? 'date' : 'range';
    return { to: place.at + dash.length, spoken: words.to, kind };
  }
  const times = matchAt(place, TIMES, place.at);
  return times && { to: place.at + times[0].length, spoken: words.times, kind: 'symbol' };
};

const isPartOfWhole = (
  place: Place,
  [all, part, whole]: readonly [string, string, string],
): boolean =>
  Number(part) < Number(whole) &&
  Number(part) > 0 &&
  Number(whole) <= LARGEST_PART &&
  (!COUNTED.test(textAfter(place, place.at + all.length)) || /^[12]$/.test(part));

/** Two numbers with a stroke: a part of a whole, as 2/3, or one on another, as 15/20. */
export const fraction: Rule = (place) => {
  const found = matchAt(place, FRACTION, place.at) ?? matchAt(place, SCALE, place.at);
  if (found === undefined) return undefined;
  const [all] = found;
  const [upper = '', lower = ''] = found.slice(1).map((written) => written.replaceAll('.', ''));
  const isPart = all.includes('/') && isPartOfWhole(place, [all, upper, lower]);
  const below = isPart && lower === '4' ? words.fourth : integerToWords(lower, place.usage);
  const middle = isPart ? words.part : words.over;
  const said = `${integerToWords(upper, place.usage)} ${middle} ${below}`;
  const end = place.at + all.length;
  const unit = unitAt(place, end);
  if (unit === undefined) return { to: end, spoken: said, kind: 'number' };
  return { to: unit.to, spoken: `${said} ${unit.spoken}`, kind: unit.kind };
};

/** đồng/kg, lần/ngày: the stroke before what is counted once is một. */
export const each: Rule = (place) => {
  const { text, at } = place;
  if (text[at] !== '/') return undefined;
  const before = textBefore(place);
  if (!ENDS_IN_WORD.test(before)) return undefined;
  const unit = unitAt(place, at + 1);
  if (unit) return { to: unit.to, spoken: `${words.each} ${unit.spoken}`, kind: 'unit' };
  const after = textAfter(place, at + 1);
  if (JOINED.test(after)) return { to: at + 1, spoken: '', kind: 'pause' };
  return PER.test(after) ? { to: at + 1, spoken: words.each, kind: 'unit' } : undefined;
};
