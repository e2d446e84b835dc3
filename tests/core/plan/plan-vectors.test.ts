import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type JsonValue } from '#core/canonical-json.ts';
import { explainPlan } from '#core/plan/explain-plan.ts';
import { planDay } from '#core/plan/plan-day.ts';
import type { PlanInput } from '#core/plan/plan-input.ts';

interface PlanVector {
  readonly why: string;
  readonly input: PlanInput;
  readonly expected: JsonValue;
}

const folder = new URL('../../vectors/plans/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe('the language-neutral plans', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThan(4);
  });

  it.each(files)('%s', (name) => {
    // The vectors are ours: their shape is the planner's input by construction.
    const vector = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as PlanVector;
    const planned = planDay(vector.input);
    const explained = planned.ok ? undefined : explainPlan(vector.input);
    const answer = planned.ok
      ? { ...planned.value }
      : { problem: { ...planned.problem }, explanation: explained };
    expect(canonicalJson(answer), vector.why).toBe(canonicalJson(vector.expected));
  });
});
