import type { Daypart } from '#schemas/primitives.ts';
import { dayAfter } from '../../shared/local-time.ts';
import type { Cap } from './airtime-queries.ts';

/** The numbers that a cap may hold. */
export const capNumbers = [
  'maxSessionsPerDay',
  'maxDaysPerWeek',
  'maxSessionMinutes',
  'maxDayMinutes',
] as const satisfies readonly (keyof Cap)[];
type CapNumber = (typeof capNumbers)[number];

/** A cap as it stands in a form: numbers as they are typed, the empty text for none. */
export interface CapDraft extends Readonly<Record<CapNumber, string>> {
  readonly unit: string;
  readonly from: string;
  readonly to: string;
  readonly forbiddenWeekdays: readonly number[];
  readonly quietHours: readonly Daypart[];
}

/** What a new cap begins with: nothing is forbidden, from tomorrow on. */
export const newCapDraft = (today: string): CapDraft => ({
  unit: '',
  from: dayAfter(today, 1),
  to: '',
  maxSessionsPerDay: '',
  maxDaysPerWeek: '',
  maxSessionMinutes: '',
  maxDayMinutes: '',
  forbiddenWeekdays: [],
  quietHours: [],
});

const numberToText = (value: number | null): string => (value === null ? '' : `${value}`);
const textToNumber = (text: string): number | null => (text === '' ? null : Number(text));

/** A version of a cap as the form shows it, to be changed from tomorrow on. */
export const capToDraft = (cap: Cap, today: string): CapDraft => {
  return {
    unit: cap.unit,
    from: [cap.from, dayAfter(today, 1)].sort().at(-1) ?? cap.from,
    to: cap.to ?? '',
    maxSessionsPerDay: numberToText(cap.maxSessionsPerDay),
    maxDaysPerWeek: numberToText(cap.maxDaysPerWeek),
    maxSessionMinutes: numberToText(cap.maxSessionMinutes),
    maxDayMinutes: numberToText(cap.maxDayMinutes),
    forbiddenWeekdays: cap.forbiddenWeekdays,
    quietHours: cap.quietHours,
  };
};

/** What the server is sent; `id` makes it a new version of that cap. */
export const draftToRequest = (draft: CapDraft, id: string | undefined) => ({
  ...(id === undefined ? {} : { id }),
  unit: draft.unit,
  from: draft.from,
  to: draft.to || null,
  maxSessionsPerDay: textToNumber(draft.maxSessionsPerDay),
  maxDaysPerWeek: textToNumber(draft.maxDaysPerWeek),
  maxSessionMinutes: textToNumber(draft.maxSessionMinutes),
  maxDayMinutes: textToNumber(draft.maxDayMinutes),
  forbiddenWeekdays: [...draft.forbiddenWeekdays],
  quietHours: [...draft.quietHours],
});
