import * as z from 'zod';
import {
  idSchema,
  instantMsSchema,
  localDaySchema,
  sha256Schema,
  siteSlugSchema,
  volumeSchema,
} from './primitives.ts';

/**
 * The daily countersignature over all chains: how far each speaker's log reached when the day was
 * sealed. Source: DESIGN.md, contracts.
 */
export const sealSchema = z
  .object({
    v: z.literal(1),
    site: siteSlugSchema,
    day: localDaySchema,
    sealedMs: instantMsSchema,
    previous: sha256Schema.nullable(),
    heads: z
      .array(z.object({ speaker: idSchema, seq: z.int().min(1), hash: sha256Schema }))
      .max(50_000),
  })
  .meta({ id: 'Seal' });

/**
 * An emergency for the named units (with all below them) or speakers: the list `playlist` pre-empts
 * at once, also in quiet hours, and sounds `repeats` times; no repeat begins at or after `expiresMs`.
 * `volume` null is as loud as the limits allow, and no emergency is louder. `cancels` names one that
 * must not sound any more. A speaker obeys each id once. Source: DESIGN.md, the way of a broadcast, 5;
 * ADR 0015.
 */
export const emergencySchema = z
  .object({
    v: z.literal(1),
    site: siteSlugSchema,
    id: idSchema,
    issuedMs: instantMsSchema,
    expiresMs: instantMsSchema,
    drill: z.boolean(),
    units: z.array(idSchema).max(500),
    speakers: z.array(idSchema).max(500),
    playlist: sha256Schema.nullable(),
    repeats: z.int().min(1).max(100),
    volume: volumeSchema.nullable(),
    cancels: idSchema.nullable(),
  })
  .meta({ id: 'Emergency' });
export type Emergency = z.infer<typeof emergencySchema>;
