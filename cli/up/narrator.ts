import { instantToIso } from '#runtime/day-table.ts';
import { printLine } from '../outcome.ts';
import { textIfKnown } from '../text.ts';
import type { ChildEvent } from './child.ts';

/** Numbers above this are instants in epoch milliseconds, not lengths. */
const FIRST_INSTANT_MS = 1_000_000_000_000;

/** Facts for people: each instant `xMs` is joined by `x`, its local date and time. */
const readableFacts = (
  facts: Readonly<Record<string, unknown>>,
  zone: string,
): Record<string, unknown> => {
  const readable: Record<string, unknown> = { ...facts };
  for (const [name, value] of Object.entries(facts)) {
    if (typeof value === 'number' && name.endsWith('Ms') && value > FIRST_INSTANT_MS) {
      readable[name.slice(0, -2)] = instantToIso(value, zone).slice(0, 19).replace('T', ' ');
    }
  }
  return readable;
};

/** Tells in sentences what a program's events mean; events without a sentence stay in the log. */
export const createNarrator =
  (part: string, zone: string) =>
  ({ event, facts }: ChildEvent): void => {
    const sentence = textIfKnown(`event.${part}.${event}`, readableFacts(facts, zone));
    if (sentence !== undefined) printLine(`  ${sentence}`);
  };
