import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { judge } from '#core/airtime/judge.ts';
import { createDayTable } from '#runtime/day-table.ts';
import { airtimeRuleSchema, excuseSchema, weekLockSchema } from '#schemas/airtime.ts';
import { idSchema, localDaySchema } from '#schemas/primitives.ts';
import { logRecordSchema } from '#schemas/records/log-record.ts';
import { sessionIdSchema } from '#schemas/session.ts';
import { unitVerdictSchema, verdictSchema } from '#schemas/verdict.ts';

const days = { from: localDaySchema, to: localDaySchema.nullable() };

/** One case: the input whole, and of what is expected the members that the case is about. */
const vectorSchema = z.object({
  why: z.string(),
  input: z.object({
    zone: z.string(),
    firstDay: localDaySchema,
    days: z.int(),
    at: z.iso.datetime({ offset: true }),
    rules: z.array(airtimeRuleSchema),
    units: z.array(
      z.object({
        unit: idSchema,
        level: z.enum(['province', 'commune', 'village']),
        parent: idSchema.nullable(),
        ...days,
      }),
    ),
    speakers: z.array(
      z.object({
        speaker: idSchema,
        stays: z.array(z.object({ unit: idSchema, ...days })),
        planned: z.array(sessionIdSchema),
        log: z.array(logRecordSchema),
      }),
    ),
    excuses: z.array(excuseSchema),
    locks: z.array(weekLockSchema),
  }),
  expected: z.object({
    verdicts: z.array(z.record(z.string(), z.unknown())),
    units: z.array(z.record(z.string(), z.unknown())),
  }),
});

const folder = new URL('../../vectors/verdicts/', import.meta.url);
const vectors = readdirSync(folder).map((name) => ({
  name,
  ...vectorSchema.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))),
}));

test.each(vectors)('$name: $why', ({ input, expected }) => {
  const { zone, firstDay, days: count, at, ...rest } = input;
  const table = createDayTable(zone, firstDay, count);
  const result = judge({ ...rest, table, nowMs: Date.parse(at) });
  if (!result.ok) throw new Error(result.problem.code);
  const { verdicts, units } = result.value;
  expect(verdicts).toMatchObject(expected.verdicts);
  expect(units).toMatchObject(expected.units);
  expect(z.array(verdictSchema).parse(verdicts)).toEqual(verdicts);
  expect(z.array(unitVerdictSchema).parse(units)).toEqual(units);
});

test('there are vectors to hold against', () => {
  expect(vectors.length).toBeGreaterThan(10);
});
