import { canonicalJson, type JsonValue } from '#core/canonical-json.ts';
import { type PlanInput, SETTLED_LEAD_MS } from './plan-input.ts';

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** In the order of their texts. */
const byCanonical = <T extends JsonValue>(items: readonly T[]): T[] =>
  items.length < 2
    ? [...items]
    : items
        .map((item) => ({ item, text: canonicalJson(item) }))
        .sort((a, b) => byText(a.text, b.text))
        .map(({ item }) => item);

/** In the order of their names; only where two are alike are the whole texts looked at. */
const byName = <T extends JsonValue>(items: readonly T[], nameOf: (item: T) => string): T[] =>
  new Set(items.map(nameOf)).size < items.length
    ? byCanonical(items)
    : [...items].sort((a, b) => byText(nameOf(a), nameOf(b)));

const byId = <T extends JsonValue & { readonly id: string }>(items: readonly T[]): T[] =>
  byName(items, ({ id }) => id);

/** Now matters only on the day itself: before it and after it every instant is one. */
const clampNow = (input: PlanInput): number => {
  const row = input.table.find((each) => each.day === input.day);
  if (row === undefined) return input.nowMs;
  return Math.min(Math.max(input.nowMs, row.startMs - SETTLED_LEAD_MS), row.endMs);
};

/** The playlist of the day. */
const previousOf = ({ previous, day }: PlanInput) =>
  previous === null || previous.day !== day || previous.sessions.length === 0 ? null : previous;

/** The input without what makes no difference: order, far-off instants and days. */
export const normaliseInput = (input: PlanInput): PlanInput => {
  const nowMs = clampNow(input);
  const at = input.table.findIndex((row) => row.day === input.day);
  return {
    ...input,
    nowMs,
    table: at < 0 ? [] : input.table.slice(at, at + 2),
    rules: byId(input.rules),
    caps: byId(input.caps),
    quietHours: byCanonical(input.quietHours),
    dayparts: byCanonical(input.dayparts),
    bulletins: byId(input.bulletins),
    frame: byCanonical(input.frame),
    played: byName(input.played, ({ bulletin }) => bulletin),
    occupied: byCanonical(input.occupied),
    aired: input.aired && byName(input.aired, ({ day }) => day),
    exempting: byCanonical(input.exempting),
    programmes: byId(input.programmes),
    previous: previousOf(input),
  };
};

/**
 * The text that names a computation: speakers whose texts are equal have one plan. Source:
 * AIRTIME.md, 6.
 */
export const planKey = (input: PlanInput): string => {
  const { table, ...rest } = normaliseInput(input);
  return canonicalJson({ ...rest, table: table.map((row) => ({ ...row })) });
};
