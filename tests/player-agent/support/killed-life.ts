import * as z from 'zod';
import { enrolmentGrantSchema } from '#schemas/enrolment.ts';
import { intervalSchema } from '#schemas/primitives.ts';

/** One life of a speaker's process. Instants are epoch milliseconds of its fake clock. */
export const lifeSchema = z.object({
  grant: enrolmentGrantSchema,
  privateKeyPem: z.string(),
  folder: z.string(),
  clipsFolder: z.string(),
  truthPath: z.string(),
  wallMs: z.number(),
  untilMs: z.number(),
  /** When it is killed; null when it lives to the end. */
  killAtMs: z.number().nullable(),
  /** So many turns of the event loop after that instant. */
  turns: z.number(),
});
export type Life = z.infer<typeof lifeSchema>;

/** What really happened, whatever the log says; positions of the boot. */
export const truthSchema = z.object({
  boot: z.string().nullable(),
  /** The last record of which the agent said that it is on the disk. */
  toldSeq: z.number(),
  sounded: z.array(intervalSchema),
  faults: z.array(z.string()),
});
export type Truth = z.infer<typeof truthSchema>;
