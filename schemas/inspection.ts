import * as z from 'zod';
import { excuseSchema, historyCorrectionSchema, weekLockSchema } from './airtime.ts';
import { sha256Schema, siteSlugSchema } from './primitives.ts';

const signedBy = z.string().min(1).max(80);

/**
 * An inspector accepted a reason for one rule, speaker and period, signed with the site's key.
 * Source: AIRTIME.md, 4 (`excused`).
 */
export const signedExcuseSchema = excuseSchema
  .extend({ v: z.literal(1), site: siteSlugSchema, acceptedBy: signedBy })
  .meta({ id: 'SignedExcuse' });
export type SignedExcuse = z.infer<typeof signedExcuseSchema>;

/**
 * An inspector corrected the unit history of days past, signed with the site's key.
 * Source: AIRTIME.md, 4 (a correction of the past is a signed finding of its own).
 */
export const signedCorrectionSchema = historyCorrectionSchema
  .extend({ v: z.literal(1), site: siteSlugSchema, foundBy: signedBy })
  .meta({ id: 'SignedCorrection' });
export type SignedCorrection = z.infer<typeof signedCorrectionSchema>;

/**
 * A week was locked, signed with the site's key. `heads` is the SHA-256 of the canonical JSON of how
 * far each speaker's log was stored without a hole. Source: AIRTIME.md, 4 (`unproven`).
 */
export const signedLockSchema = weekLockSchema
  .extend({ v: z.literal(1), site: siteSlugSchema, lockedBy: signedBy, heads: sha256Schema })
  .meta({ id: 'SignedLock' });
export type SignedLock = z.infer<typeof signedLockSchema>;
