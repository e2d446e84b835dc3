import { canonicalJson, type JsonValue } from '#core/canonical-json.ts';
import { type PlanAhead, type PlanAheadInput, planAhead } from './plan-ahead.ts';

/**
 * Names values by their content, the same name for equal content. The text of an object is worked out
 * once, so that what many inputs share costs nothing again.
 */
const createNames = (): ((value: unknown) => string) => {
  const byText = new Map<string, string>();
  const byObject = new WeakMap<object, string>();
  const nameOfText = (text: string): string => {
    const name = byText.get(text) ?? String(byText.size);
    byText.set(text, name);
    return name;
  };
  return (value) => {
    if (typeof value !== 'object' || value === null) return nameOfText(JSON.stringify(value));
    // Inputs are plain data by their types.
    const name = byObject.get(value) ?? nameOfText(canonicalJson(value as JsonValue));
    byObject.set(value, name);
    return name;
  };
};

/**
 * The plans of many speakers, in the order of their inputs. Speakers with equal inputs share one
 * computation and its very result; members that are the same object in many inputs are looked at only
 * once. Source: AIRTIME.md, 6.
 */
export const planMany = (inputs: readonly PlanAheadInput[]): readonly PlanAhead[] => {
  const nameOf = createNames();
  const plans = new Map<string, PlanAhead>();
  return inputs.map((input) => {
    const members = Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = members.map(([name, value]) => `${name}:${nameOf(value)}`).join();
    const plan = plans.get(key) ?? planAhead(input);
    plans.set(key, plan);
    return plan;
  });
};
