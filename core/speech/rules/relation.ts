import { fractionToWords, integerToWords } from '../number-words.ts';
import {
  beginsWith,
  endsWith,
  matchAt,
  type Place,
  type Rule,
  textAfter,
  textBefore,
} from '../place.ts';
import context from '../words/context.json' with { type: 'json' };
import words from '../words/numbers.json' with { type: 'json' };
import { unitAt } from './quantity.ts';

const DASH =
  /[ \u00a0]{0,2}[-–—−~][ \u00a0]{0,2}(?=[\d$]|thứ\s[2-7]|CN(?![\p{L}\p{N}])|dưới\s\d)/uy;
const TIMES = /[ \u00a0]{0,2}[x×][ \u00a0]{0,2}(?=\d)/y;
/** A small x by itself, as in 50.000đ/tháng x 12 tháng. */
const TIMES_ALONE = /[ \u00a0]x[ \u00a0](?=\d)/y;
const WHOLE = '(\\d{1,3}(?:\\.\\d{3}){1,3}|\\d{1,4}(?:,\\d{1,2})?)';
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
const ADDRESS = endsWith(context.addressBefore);
const HOUSE = /\d{1,4}(?:\/\d{1,4}){2,3}(?![\p{L}\p{N}/])/uy;
const MEASURED_TO = /\/\d/y;
/** What is counted once is said as đồng/kg is. */
const ONE = /^0?1(?!\d)/;
const MEASURE_WORD = new RegExp(`^\\s(?:${context.measures.join('|')})$`, 'u');
const LASTING = /^\d+\s?(?:h|giờ|phút|giây|ngày|đêm|tuần|tháng|năm)(?![\p{L}\p{M}])/u;
const JOINED = beginsWith(context.joined);
const ENDS_IN_WORD = /[\p{L}\p{M}\p{N}%'’]$/u;

const PRICE = /^\d[\d.,]*\s?(?:đ|đồng|k|tr|triệu|nghìn|ngàn)(?![\p{L}\p{M}])/u;

/** What a thing of that measure costs: 50W - 50.000 đồng. */
const isPriceAfter = ({ last, ...place }: Place, dash: string): boolean =>
  last?.kind === 'unit' && PRICE.test(textAfter(place, place.at + dash.length));

const isRightAfter = ({ last, at }: Place): boolean => last?.to === at;

/** The dash between two quantities is đến, between two dates a part of them; the x is nhân. */
export const between: Rule = (place) => {
  const alone = matchAt(place, TIMES_ALONE, place.at);
  if (alone) return { to: place.at + alone[0].length, spoken: ` ${words.times} `, kind: 'symbol' };
  if (!isRightAfter(place) || !counted.has(place.last?.kind ?? '')) return undefined;
  const dash = matchAt(place, DASH, place.at)?.[0];
  if (dash !== undefined && !isPriceAfter(place, dash)) {
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

const numberToWords = (written: string, { usage }: Place): string => {
  const [whole = '', rest] = written.replaceAll('.', '').split(',');
  const head = integerToWords(whole, usage);
  return rest === undefined ? head : `${head} ${words.comma} ${fractionToWords(rest, usage)}`;
};

/** A house behind a lane behind a lane: hẻm 45/12/7. */
const house: Rule = (place) => {
  const written = matchAt(place, HOUSE, place.at)?.[0];
  if (written === undefined || !ADDRESS.test(textBefore(place))) return undefined;
  const numbers = written.split('/').map((number) => integerToWords(number, place.usage));
  const spoken = numbers.join(` ${words.over} `);
  return { to: place.at + written.length, spoken, kind: 'number' };
};

/** Two numbers with a stroke. */
const twoNumbers: Rule = (place) => {
  const found = matchAt(place, FRACTION, place.at) ?? matchAt(place, SCALE, place.at);
  if (found === undefined) return undefined;
  const [all] = found;
  const [, upper = '', lower = ''] = found;
  const isPart = /^\d+\/\d+$/.test(all) && isPartOfWhole(place, [all, upper, lower]);
  const below = isPart && lower === '4' ? words.fourth : numberToWords(lower, place);
  const middle = isPart ? words.part : words.over;
  const said = `${numberToWords(upper, place)} ${middle} ${below}`;
  const end = place.at + all.length;
  const unit = unitAt(place, end);
  if (unit === undefined) return { to: end, spoken: said, kind: 'number' };
  return { to: unit.to, spoken: `${said} ${unit.spoken}`, kind: unit.kind };
};

/** A part of a whole, as 2/3, one on another, as 15/20, and houses, as 45/12/7. */
export const fraction: Rule = (place) => house(place) ?? twoNumbers(place);

/** What is measured to how much of something: 50mm/6 giờ, 5 kg/100m2, 25 gam/16 lít. */
const measuredTo: Rule = (place) => {
  const { at, last, lastWords, text } = place;
  if (matchAt(place, MEASURED_TO, at) === undefined) return undefined;
  const isMeasure = last?.to === at && (last.kind === 'unit' || last.kind === 'money');
  const isSpeltMeasure =
    lastWords?.kind === 'number' && MEASURE_WORD.test(text.slice(lastWords.to, at));
  if (!isMeasure && !isSpeltMeasure) return undefined;
  if (ONE.test(textAfter(place, at + 1))) return { to: at + 1, spoken: ' ', kind: 'unit' };
  const isLasting = LASTING.test(textAfter(place, at + 1));
  return { to: at + 1, spoken: ` ${isLasting ? words.within : words.over} `, kind: 'unit' };
};

/** đồng/kg, lần/ngày: the stroke before what is counted once is một. */
export const each: Rule = (place) => {
  const { text, at } = place;
  if (text[at] !== '/') return undefined;
  const measured = measuredTo(place);
  if (measured) return measured;
  const before = textBefore(place);
  if (!ENDS_IN_WORD.test(before)) return undefined;
  const unit = unitAt(place, at + 1);
  if (unit) return { to: unit.to, spoken: `${words.each} ${unit.spoken}`, kind: 'unit' };
  const after = textAfter(place, at + 1);
  if (JOINED.test(after)) return { to: at + 1, spoken: '', kind: 'pause' };
  return PER.test(after) ? { to: at + 1, spoken: words.each, kind: 'unit' } : undefined;
};
