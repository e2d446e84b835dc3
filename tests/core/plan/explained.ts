import fc from 'fast-check';
import { applyChange } from '#core/plan/apply-change.ts';
import { decide } from '#core/plan/decide.ts';
import { explainPlan } from '#core/plan/explain-plan.ts';
import { withOnly } from '#core/plan/find-clash.ts';
import { normaliseInput } from '#core/plan/normalise-input.ts';
import { costOf } from '#core/plan/repair-cost.ts';
import type { PlanExplanation } from '#schemas/plan-explanation.ts';
import { smallInput } from './small-inputs.ts';

/** What an explanation claims and does not keep; empty when it keeps all. */
export const brokenClaims = (
  given: Parameters<typeof explainPlan>[0],
  { clash, repairs }: PlanExplanation,
): string[] => {
  const input = normaliseInput(given);
  const broken: string[] = [];
  if (decide(withOnly(input, clash)) !== 'none') broken.push('the clash alone has a plan');
  for (const demand of clash) {
    const others = clash.filter((each) => each !== demand);
    if (decide(withOnly(input, others)) !== 'plan') broken.push(`not needed: ${demand.kind}`);
  }
  for (const { changes, cost } of repairs) {
    if (decide(changes.reduce(applyChange, input)) !== 'plan') {
      broken.push(`no repair: ${JSON.stringify(changes)}`);
    }
    const sum = changes.reduce((total, change) => total + costOf(change), 0);
    if (Math.abs(sum - cost) > 0.01) broken.push(`another cost: ${JSON.stringify(changes)}`);
  }
  const costs = repairs.map(({ cost }) => cost);
  if (costs.some((cost, index) => cost < (costs[index - 1] ?? 0))) broken.push('not by cost');
  return broken;
};

/** Explains random small days that have no plan, and holds each explanation to its claims. */
export const checkExplanations = (cases: number, seed: number) => {
  const inputs = fc.sample(smallInput, { numRuns: cases, seed });
  const refused = inputs.filter((input) => decide(input) !== 'plan');
  const checked = refused.map((input) => {
    const explained = explainPlan(input);
    const isBounded = explained === 'gaveUp' || explained === undefined;
    return {
      explained: !isBounded,
      repaired: !isBounded && explained.repairs.length > 0,
      broken: isBounded ? [] : brokenClaims(input, explained),
      input,
    };
  });
  return {
    refused: refused.length,
    explained: checked.filter(({ explained }) => explained).length,
    repaired: checked.filter(({ repaired }) => repaired).length,
    broken: checked.filter(({ broken }) => broken.length > 0),
  };
};
