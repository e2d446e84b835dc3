import * as z from 'zod';
import { bulletinStateSchema } from './entities/bulletin.ts';
import { speakerSchema } from './entities/site.ts';
import { uploadStepSchema } from './entities/upload.ts';
import { healthSchema } from './health.ts';
import { idSchema, instantMsSchema, localDaySchema } from './primitives.ts';
import { verdictSchema } from './verdict.ts';

/** Verdicts that one event names; of more it is only said that some may have changed. */
export const MAX_TOLD_VERDICTS = 100;

/** What else the operator enters and screens list. */
export const liveListSchema = z.enum([
  'site',
  'units',
  'directives',
  'campaigns',
  'rules',
  'caps',
  'programmes',
  'inspection',
  'users',
  'emergencies',
  'pronunciations',
  'bulletinComments',
  'hotlines',
  'idents',
]);

/**
 * What happens at the server, for screens that are open: each says what to look at again and holds
 * what a screen shows at once; the API stays the truth. `beat` only says that the stream stands.
 * `resync` says that events were missed: read everything again.
 */
export const liveEventSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('beat') }),
    z.object({ kind: z.literal('resync') }),
    z.object({
      kind: z.literal('planChanged'),
      speaker: idSchema,
      revision: z.int().min(1),
      days: z.array(localDaySchema),
    }),
    z.object({
      kind: z.literal('orderGiven'),
      speaker: idSchema,
      order: idSchema,
      what: z.enum(['play', 'stop', 'restart', 'deliverLog']),
      drill: z.boolean(),
    }),
    z.object({
      kind: z.literal('speakerHeard'),
      speaker: idSchema,
      online: z.boolean(),
      atMs: instantMsSchema,
      playing: healthSchema.shape.playing,
      waitingUntilMs: healthSchema.shape.waitingUntilMs,
    }),
    z.object({
      kind: z.literal('recordStored'),
      speaker: idSchema,
      seq: z.int().min(1),
      what: z.enum([
        ...(['boot', 'clock', 'ended', 'refused', 'heartbeat'] as const),
        ...(['stick', 'amplifier', 'preflight'] as const),
      ]),
    }),
    z.object({ kind: z.literal('verdictsMayHaveChanged') }),
    z.object({
      kind: z.literal('verdictsChanged'),
      verdicts: z
        .array(
          verdictSchema.pick({
            rule: true,
            speaker: true,
            period: true,
            verdict: true,
            has: true,
            owed: true,
          }),
        )
        .max(MAX_TOLD_VERDICTS),
    }),
    z.object({
      kind: z.literal('bulletinChanged'),
      bulletin: idSchema,
      state: bulletinStateSchema,
    }),
    z.object({ kind: z.literal('uploadChanged'), upload: idSchema, step: uploadStepSchema }),
    z.object({
      kind: z.literal('speakerChanged'),
      speaker: idSchema,
      state: speakerSchema.shape.state,
    }),
    z.object({ kind: z.literal('listChanged'), list: liveListSchema }),
  ])
  .meta({ id: 'LiveEvent' });
export type LiveEvent = z.infer<typeof liveEventSchema>;
