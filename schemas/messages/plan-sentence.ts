import type { PlanChange, PlanDemand, PlanExplanation } from '../plan-explanation.ts';
import type { Daypart, LocalTime } from '../primitives.ts';
import en from './en/plans.json' with { type: 'json' };
import { factToText } from './fact-words.ts';
import { fillSentence, type Language } from './fill-sentence.ts';
import vi from './vi/plans.json' with { type: 'json' };

type Key = keyof typeof vi;

const catalogues: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { vi, en };

/** How things are named to people; an id that it does not know it gives back. */
export type NameOf = (id: string) => string;

interface Speaker {
  readonly language: Language;
  readonly nameOf: NameOf;
}

const named = new Set(['rule', 'cap', 'campaign', 'programme', 'bulletin']);
/** The hours in which each part of the day begins. */
const parts: readonly (readonly [number, Key])[] = [
  [22, 'part.night'],
  [18, 'part.evening'],
  [13, 'part.afternoon'],
  [11, 'part.noon'],
  [4, 'part.morning'],
  [0, 'part.night'],
];

const dayparts = (all: readonly Daypart[]): string =>
  all.map(({ from, to }) => `${from}–${to}`).join(', ');

const partOfDay = (time: LocalTime): Key =>
  parts.find(([hour]) => Number(time.slice(0, 2)) >= hour)?.[1] ?? 'part.night';

const weekdays: readonly Key[] = [
  'weekday.1',
  'weekday.2',
  'weekday.3',
  'weekday.4',
  'weekday.5',
  'weekday.6',
  'weekday.7',
];

const roles = {
  ident: 'role.ident',
  hotline: 'role.hotline',
  closing: 'role.closing',
  bulletin: 'role.bulletin',
} as const;

const say = (key: Key, facts: Readonly<Record<string, unknown>>, by: Speaker): string => {
  const told = Object.entries(facts).map(([name, value]) => {
    const text = named.has(name) && typeof value === 'string' ? by.nameOf(value) : value;
    return [name, factToText(name, text, by.language)];
  });
  return fillSentence(catalogues[by.language][key], Object.fromEntries(told));
};

const word = (key: Key, { language }: Speaker): string => catalogues[language][key];

const demandToText = (demand: PlanDemand, by: Speaker): string => {
  switch (demand.kind) {
    case 'rule':
      return say(demand.neededMs > 1 ? 'clash.rule' : 'clash.ruleOfAnyLength', demand, by);
    case 'dayparts': {
      const key = demand.rule === null ? 'clash.siteDayparts' : 'clash.dayparts';
      return say(key, { rule: demand.rule, dayparts: dayparts(demand.dayparts) }, by);
    }
    case 'weekday': {
      const weekday = word(weekdays[demand.weekday - 1] ?? 'weekday.7', by);
      return say('clash.weekday', { cap: demand.cap, weekday }, by);
    }
    case 'quietHours':
      return say('clash.quietHours', { quiet: dayparts([demand.quiet]) }, by);
    case 'content':
      return say(demand.bulletins === 0 ? 'clash.noContent' : 'clash.content', demand, by);
    case 'frame':
      return say('clash.frame', { ...demand, role: word(roles[demand.role], by) }, by);
    default:
      return say(`clash.${demand.kind}`, demand, by);
  }
};

const openingToText = (
  change: Extract<PlanChange, { kind: 'setDaypart' }>,
  by: Speaker,
): string => {
  const { before, after } = change;
  const part = word(partOfDay(before.from), by);
  return before.to === after.to
    ? say('change.openFrom', { part, from: after.from }, by)
    : say('change.openUntil', { part, to: after.to }, by);
};

const quietToText = (
  change: Extract<PlanChange, { kind: 'trimQuietHours' }>,
  by: Speaker,
): string => {
  const { before, after } = change;
  if (after === null) return say('change.noQuiet', { quiet: dayparts([before]) }, by);
  return before.to === after.to
    ? say('change.quietFrom', { before: before.from, after: after.from }, by)
    : say('change.quietUntil', { before: before.to, after: after.to }, by);
};

const changeToText = (change: PlanChange, by: Speaker): string => {
  switch (change.kind) {
    case 'setDaypart':
      return openingToText(change, by);
    case 'trimQuietHours':
      return quietToText(change, by);
    case 'allowWeekday': {
      const weekday = word(weekdays[change.weekday - 1] ?? 'weekday.7', by);
      return say('change.allowWeekday', { cap: change.cap, weekday }, by);
    }
    case 'leaveOut':
      return say('change.leaveOut', { role: word(roles[change.role], by) }, by);
    default:
      return say(`change.${change.kind}`, change, by);
  }
};

const joined = (texts: readonly string[], key: 'or' | 'and', by: Speaker): string =>
  texts.reduce((first, last) => fillSentence(word(key, by), { first, last }));

/** What cannot hold together, and what can be done about it, cheapest first, for a person. */
export const explanationToSentence = (
  { clash, repairs, repairsGaveUp }: PlanExplanation,
  by: Speaker & { readonly mostChanges: number },
): string => {
  const demands = clash.map((demand) => demandToText(demand, by)).join('; ');
  const clashed = say('clash', { demands }, by);
  if (repairs.length === 0) {
    const key = repairsGaveUp ? 'repairsGaveUp' : 'noRepair';
    return `${clashed} ${say(key, { most: by.mostChanges }, by)}`;
  }
  const texts = repairs.map(({ changes }) =>
    joined(
      changes.map((change) => changeToText(change, by)),
      'and',
      by,
    ),
  );
  const proposed = say('repairs', { repairs: joined(texts, 'or', by) }, by);
  return [clashed, proposed, ...(repairsGaveUp ? [say('moreRepairs', {}, by)] : [])].join(' ');
};
