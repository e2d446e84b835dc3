import type { DayTable } from '#core/local-time.ts';
import type { AirtimeRule, Excuse } from '#schemas/airtime.ts';
import type { FileFinding } from '#schemas/files/answers.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { Judgement } from './judge.ts';

/** What a judgement was made from, as far as any of it may have had no effect. */
export interface GivenFiles {
  readonly rules: readonly AirtimeRule[];
  readonly excuses: readonly Excuse[];
  readonly table: DayTable;
  readonly nowMs: number;
}

/**
 * What the files say in vain: a rule in force on the judged days that neither a unit nor a speaker
 * owes, and an excuse accepted by then for which that speaker has no period of that rule. `detail`
 * names the member; of a later day nothing is said yet. Source: issue 4 ("nothing is guessed").
 */
export const idleFindings = (
  { rules, excuses, table, nowMs }: GivenFiles,
  { verdicts, units }: Pick<Judgement, 'verdicts' | 'units'>,
): readonly FileFinding[] => {
  const lastDay = table.at(-1)?.day;
  const isJudged = (day: LocalDay): boolean => lastDay !== undefined && day <= lastDay;
  const owed = new Set([...verdicts, ...units].map(({ rule }) => rule));
  const judged = new Set(verdicts.map((one) => keyOf({ ...one, periodFrom: one.period.from })));
  const ruleFindings = rules.flatMap(({ id, from, versionFrom }, index) =>
    owed.has(id) || !isJudged(from) || !isJudged(versionFrom)
      ? []
      : [{ ...finding, code: 'ruleBindsNobody' as const, detail: `rules.${index}` }],
  );
  const excuseFindings = excuses.flatMap((excuse, index) =>
    excuse.acceptedMs > nowMs || judged.has(keyOf(excuse)) || !isJudged(excuse.periodFrom)
      ? []
      : [
          {
            ...finding,
            code: 'excuseWithoutPeriod' as const,
            speaker: excuse.speaker,
            detail: `excuses.${index}`,
          },
        ],
  );
  return [...ruleFindings, ...excuseFindings];
};

const finding = { speaker: null, seq: null, line: null };

const keyOf = ({ rule, speaker, periodFrom }: Pick<Excuse, 'rule' | 'speaker' | 'periodFrom'>) =>
  `${rule} ${speaker} ${periodFrom}`;
