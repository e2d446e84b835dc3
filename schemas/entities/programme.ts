import * as z from 'zod';
import { weekdaySchema } from '../airtime.ts';
import { idSchema, localDaySchema, localTimeSchema, shortText } from '../primitives.ts';

/**
 * When a fixed programme of another source sounds: from `startsAt` up to, and not including,
 * `endsAt`, which lies on the next local day where it is no later than `startsAt` (`00:00`: midnight).
 * It begins on the listed weekdays (1 Monday to 7 Sunday; empty: every day) of the days `[from, to]`;
 * `to` null is without end. Source: AIRTIME.md, 5.
 */
export const programmeHoursSchema = z.object({
  id: idSchema,
  from: localDaySchema,
  to: localDaySchema.nullable(),
  weekdays: z.array(weekdaySchema).max(7),
  startsAt: localTimeSchema,
  endsAt: localTimeSchema,
});
export type ProgrammeHours = z.infer<typeof programmeHoursSchema>;

/**
 * What sounds in a unit and everything below it at hours of its own, carried by another source: a
 * relay of the province's programme, the commune's own news. The speakers keep silent meanwhile. One
 * that is suspended keeps nobody silent. Source: AIRTIME.md, 5.
 */
export const programmeSchema = programmeHoursSchema.extend({
  unit: idSchema,
  name: shortText(200),
  suspended: z.boolean(),
});
export type Programme = z.infer<typeof programmeSchema>;
