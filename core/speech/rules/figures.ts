import { integerToWords } from '../number-words.ts';
import { endsWith, matchAt, type Place, type Rule, textAfter, textBefore } from '../place.ts';
import context from '../words/context.json' with { type: 'json' };
import { isVictoryDay } from './date.ts';

const NO_MORE = '(?![\\p{L}\\p{N}]|[.,/:-]\\d)';
const SCORE = new RegExp(`(\\d{1,2})\\s?[-–:]\\s?(\\d{1,2})${NO_MORE}`, 'uy');
const MIXTURE = /\d{1,2}(?:[-–:.]\d{1,2}){2}(?![\p{L}\p{N}]|[.,/:-]\d)/uy;

const SCORE_SAID = endsWith(context.score);
/** Whoever won stands between the verb and the figures. */
const WON = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${context.scored.join('|')})(?:\\s+\\p{L}[\\p{L}\\p{M}]*){0,4}\\s*$`,
  'u',
);
const ENDS_THERE = new RegExp(
  `^\\s*(?:[.,;!?)…]|$|(?:${context.scoreBefore.join('|')})(?![\\p{L}\\p{M}]))`,
  'u',
);
/** A day or an hour follows, whoever won. */
const DAY_OR_HOUR_SAID = endsWith([...context.strictDateBefore, ...context.hourBefore]);
const MIXTURE_BEFORE = endsWith(context.mixture);

const isScore = (place: Place, written: string): boolean => {
  const before = textBefore(place);
  if (SCORE_SAID.test(before)) return true;
  if (DAY_OR_HOUR_SAID.test(before) || isVictoryDay(place, written)) return false;
  return WON.test(before) && ENDS_THERE.test(textAfter(place, place.at + written.length));
};

/** The score of a match, 2-1, one figure after the other. */
const score: Rule = (place) => {
  const found = matchAt(place, SCORE, place.at);
  if (found === undefined || !isScore(place, found[0])) return undefined;
  const [written, ...figures] = found;
  const spoken = figures.map((figure) => integerToWords(figure, place.usage)).join(' ');
  return { to: place.at + written.length, spoken, kind: 'number' };
};

/** What a sack of fertiliser holds, 16-16-8: figures with pauses between. */
const mixture: Rule = (place) => {
  const written = matchAt(place, MIXTURE, place.at)?.[0];
  if (written === undefined || !MIXTURE_BEFORE.test(textBefore(place))) return undefined;
  const figures = written.split(/\D/).map((figure) => integerToWords(figure, place.usage));
  return { to: place.at + written.length, spoken: figures.join(', '), kind: 'number' };
};

/** Figures that stand side by side and are no range: scores, and what fertilisers are made of. */
export const figures: Rule = (place) => score(place) ?? mixture(place);
