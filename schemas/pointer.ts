import * as z from 'zod';
import {
  idSchema,
  instantMsSchema,
  localDaySchema,
  sha256Schema,
  siteSlugSchema,
} from './primitives.ts';

/** How many days ahead a pointer may name: today and the fourteen after it, and yesterday. */
export const MAX_POINTER_DAYS = 16;
/** How many orders and withdrawals one pointer carries; the oldest have expired long before. */
export const MAX_ORDERS = 20;
export const MAX_WITHDRAWN = 500;

/**
 * What somebody at the console wants by hand. `play`: the list `playlist` begins at `notBeforeMs`, or at once
 * when that is past, and is dropped when it has not begun before `expiresMs`. `stop`: whatever
 * sounds or was ordered before this order ends. `restart`: the speaker's program starts anew, unless
 * it has done so since `givenMs`. `deliverLog`: the server has nothing from `fromSeq` on, the speaker
 * delivers all of it now. Orders are carried out once, by id.
 */
export const orderSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('play'),
    id: idSchema,
    playlist: sha256Schema,
    notBeforeMs: instantMsSchema,
    expiresMs: instantMsSchema,
  }),
  z.object({ kind: z.literal('stop'), id: idSchema, expiresMs: instantMsSchema }),
  z.object({
    kind: z.literal('restart'),
    id: idSchema,
    givenMs: instantMsSchema,
    expiresMs: instantMsSchema,
  }),
  z.object({
    kind: z.literal('deliverLog'),
    id: idSchema,
    fromSeq: z.int().min(1),
    expiresMs: instantMsSchema,
  }),
]);
export type Order = z.infer<typeof orderSchema>;

/**
 * Which playlist a speaker plays on which day, what was ordered by hand, and which bulletins were
 * withdrawn. A speaker takes it only when it names this speaker, its signature holds and its
 * revision is greater than the one it has. Source: DESIGN.md, the way of a broadcast, 4.
 */
export const pointerSchema = z
  .object({
    v: z.literal(1),
    site: siteSlugSchema,
    speaker: idSchema,
    revision: z.int().min(1),
    issuedMs: instantMsSchema,
    days: z.record(localDaySchema, sha256Schema),
    orders: z.array(orderSchema).max(MAX_ORDERS),
    withdrawn: z.array(idSchema).max(MAX_WITHDRAWN),
  })
  .refine((pointer) => Object.keys(pointer.days).length <= MAX_POINTER_DAYS)
  .meta({ id: 'PlaylistPointer' });
export type PlaylistPointer = z.infer<typeof pointerSchema>;
