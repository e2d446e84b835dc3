import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Daypart } from '#schemas/primitives.ts';
import { dayAfter } from '../../shared/local-time.ts';

/** A rule as it stands in a form: numbers as they are typed, the empty text for none. */
export interface RuleDraft {
  readonly directive: string;
  readonly campaign: string;
  readonly unit: string;
  readonly scope: AirtimeRule['scope'];
  readonly level: NonNullable<AirtimeRule['level']>;
  readonly coverage: string;
  readonly per: AirtimeRule['per'];
  readonly everyDays: string;
  readonly minOccurrences: string;
  readonly minMinutes: string;
  readonly from: string;
  readonly to: string;
  readonly weekdays: readonly number[];
  readonly dayparts: readonly Daypart[];
  readonly minSpacingMin: string;
  readonly maxGapS: string;
  readonly startToleranceS: string;
  readonly counts: AirtimeRule['counts'];
  readonly unlessAired: string;
  readonly versionFrom: string;
}

/** What every part of the form shows and changes. */
export interface RuleFieldsProps {
  readonly draft: RuleDraft;
  readonly onChange: (changed: Partial<RuleDraft>) => void;
}

/** What a new rule begins with: twice a day, from tomorrow on; defaults of AIRTIME.md, 3. */
export const newRuleDraft = (today: string): RuleDraft => ({
  directive: '',
  campaign: '',
  unit: '',
  scope: 'subtree',
  level: 'village',
  coverage: '100',
  per: 'day',
  everyDays: '2',
  minOccurrences: '2',
  minMinutes: '',
  from: dayAfter(today, 1),
  to: '',
  weekdays: [],
  dayparts: [],
  minSpacingMin: '0',
  maxGapS: '60',
  startToleranceS: '120',
  counts: 'campaign',
  unlessAired: '',
  versionFrom: dayAfter(today, 1),
});

const percentOf = ({ numerator, denominator }: AirtimeRule['coverage']): string =>
  `${(100 * numerator) / denominator}`;

/** A version of a rule as the form shows it, to be changed from tomorrow on. */
export const ruleToDraft = (rule: AirtimeRule, today: string): RuleDraft => ({
  ...rule,
  directive: rule.directive ?? '',
  level: rule.level ?? 'village',
  coverage: percentOf(rule.coverage),
  everyDays: `${rule.everyDays ?? 2}`,
  minOccurrences: `${rule.minOccurrences}`,
  minMinutes: rule.minMinutes === null ? '' : `${rule.minMinutes}`,
  minSpacingMin: `${rule.minSpacingMin}`,
  maxGapS: `${rule.maxGapS}`,
  startToleranceS: `${rule.startToleranceS}`,
  unlessAired: rule.unlessAired ?? '',
  versionFrom: dayAfter(today, 1),
});

/** A hundredth of a percent is as fine as a share of speakers is entered. */
const WHOLE = 10_000;

/** What the server is sent; `id` makes it a new version of that rule. */
export const draftToRequest = (draft: RuleDraft, id: string | undefined) => ({
  ...(id === undefined ? {} : { id, versionFrom: draft.versionFrom }),
  directive: draft.directive || null,
  campaign: draft.campaign,
  unit: draft.unit,
  scope: draft.scope,
  level: draft.scope === 'each' ? draft.level : null,
  coverage: { numerator: Math.round(Number(draft.coverage) * 100), denominator: WHOLE },
  per: draft.per,
  everyDays: draft.per === 'everyDays' ? Number(draft.everyDays) : null,
  minOccurrences: Number(draft.minOccurrences),
  minMinutes: draft.minMinutes === '' ? null : Number(draft.minMinutes),
  from: draft.from,
  to: draft.to || null,
  weekdays: [...draft.weekdays],
  dayparts: [...draft.dayparts],
  minSpacingMin: Number(draft.minSpacingMin),
  maxGapS: Number(draft.maxGapS),
  startToleranceS: Number(draft.startToleranceS),
  counts: draft.counts,
  unlessAired: draft.unlessAired || null,
});
