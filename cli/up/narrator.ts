import { instantToIso } from '#runtime/day-table.ts';
import { printLine } from '../outcome.ts';
import { textIfKnown } from '../text.ts';
import type { ChildEvent } from './child.ts';

/** Numbers above this are instants in epoch milliseconds, not lengths. */
const FIRST_INSTANT_MS = 1_000_000_000_000;
const MS_A_SECOND = 1000;

type Facts = Readonly<Record<string, unknown>>;

/** One fact for people: of `xMs`, `x` is the local date and time, or the length in seconds. */
const readableFact = (name: string, value: unknown, zone: string): [string, unknown] => {
  if (name === 'reason' && typeof value === 'string') {
    return [name, textIfKnown(`reason.${value}`, {}) ?? value];
  }
  if (name === 'waitsUntil' && typeof value === 'string') return [name, value.slice(0, 16)];
  if (typeof value !== 'number' || !name.endsWith('Ms')) return [name, value];
  const short = name.slice(0, -2);
  return value > FIRST_INSTANT_MS
    ? [short, instantToIso(value, zone).slice(0, 19).replace('T', ' ')]
    : [short, (value / MS_A_SECOND).toFixed(1)];
};

const readableFacts = (facts: Facts, zone: string): Facts =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => readableFact(name, value, zone)));

/** Facts that tell apart what the same event can mean. */
const statesOf = (facts: Facts): string[] => {
  const waits = typeof facts.waitsUntil === 'string' ? 'waits' : undefined;
  const drill = facts.drill === true && facts.kind === undefined ? 'drill' : undefined;
  const words = [facts.kind, facts.outcome, facts.driver, facts.how, waits, drill];
  return words.filter((word) => typeof word === 'string');
};

/** The keys under which a sentence may stand, the closest first. */
const keysOf = (part: string, event: string, facts: Facts): string[] => {
  const base = `event.${part}.${event}`;
  const states = statesOf(facts);
  return [[base, ...states].join('.'), [base, ...states.slice(0, 1)].join('.'), base];
};

/** Tells in sentences what a program's events mean; events without a sentence stay in the log. */
export const createNarrator =
  (part: string, zone: string) =>
  ({ event, facts }: ChildEvent): void => {
    const readable = readableFacts(facts, zone);
    const sentences = keysOf(part, event, facts).map((key) => textIfKnown(key, readable));
    const sentence = sentences.find((found) => found !== undefined);
    if (sentence !== undefined) printLine(`  ${sentence}`);
  };
