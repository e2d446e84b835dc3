import * as z from 'zod';
import { idSchema, localDaySchema, sha256Schema } from '#schemas/primitives.ts';
import { type Problem, problemCodes } from '#schemas/problem.ts';
import type { Change, Store } from '../ports/store.ts';

const problemSchema = z.custom<Problem>(
  (value) => z.looseObject({ code: z.enum(problemCodes) }).safeParse(value).success,
);

const plannedDaySchema = z.object({
  day: localDaySchema,
  /** Names everything that the plan depends on, but the days before it and the hour of planning. */
  key: sha256Schema,
  playlist: sha256Schema,
  shortfalls: z.array(
    z.object({
      rule: idSchema,
      day: localDaySchema,
      needed: z.int().min(0),
      placed: z.int().min(0),
    }),
  ),
  problems: z.array(problemSchema),
});

/** How the planning of one speaker's day came out. */
export type PlannedDay = z.infer<typeof plannedDaySchema>;

const noteName = (speaker: string): string => `plan/${speaker}`;

/** The days of a speaker as they were planned last, ascending; none when it never was. */
export const readPlannedDays = async (
  store: Pick<Store, 'note'>,
  speaker: string,
): Promise<readonly PlannedDay[]> => {
  const text = await store.note(noteName(speaker));
  return text === undefined ? [] : z.array(plannedDaySchema).parse(JSON.parse(text));
};

/** The change that remembers them. */
export const plannedDaysToChange = (speaker: string, days: readonly PlannedDay[]): Change => ({
  do: 'put',
  what: 'note',
  value: { name: noteName(speaker), text: JSON.stringify(days) },
});
