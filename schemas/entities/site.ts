import * as z from 'zod';
import { keyIdSchema, publicKeySchema } from '../envelope.ts';
import {
  idSchema,
  instantMsSchema,
  localDaySchema,
  severalLines,
  shortText,
  siteSlugSchema,
  volumeSchema,
  zoneSchema,
} from '../primitives.ts';

/**
 * What a user may do; one user may have several. A village head is handed what is approved for one
 * unit, and sees nothing else. Source: GLOSSARY.md; issue 6, 6.
 */
export const userRoleSchema = z.enum([
  'operator',
  'approver',
  'inspector',
  'administrator',
  'villageHead',
]);
export type UserRole = z.infer<typeof userRoleSchema>;

/** The roles of who works at the site, and may look at all of it. */
export const staffRoles = userRoleSchema.exclude(['villageHead']).options;

/** One installation. `fourEyes`: who made a bulletin cannot release it. Source: DESIGN.md. */
export const siteSchema = z.object({
  slug: siteSlugSchema,
  name: shortText(120),
  zone: zoneSchema,
  fourEyes: z.boolean(),
  createdMs: instantMsSchema,
});
export type Site = z.infer<typeof siteSchema>;

/** A node of the administrative tree, valid on local days `[from, to]`; `to` null is open. */
export const unitSchema = z.object({
  id: idSchema,
  parent: idSchema.nullable(),
  level: z.enum(['province', 'commune', 'village']),
  name: shortText(120),
  from: localDaySchema,
  to: localDaySchema.nullable(),
});
export type Unit = z.infer<typeof unitSchema>;

/** A loudspeaker PC in a unit; its key is known once it is enrolled. */
export const speakerSchema = z.object({
  id: idSchema,
  unit: idSchema,
  name: shortText(120),
  state: z.enum(['awaiting', 'enrolled', 'removed']),
  publicKey: publicKeySchema.nullable(),
  keyId: keyIdSchema.nullable(),
  volume: volumeSchema,
  createdMs: instantMsSchema,
  enrolledMs: instantMsSchema.nullable(),
  removedMs: instantMsSchema.nullable(),
});
export type Speaker = z.infer<typeof speakerSchema>;

/** The document that orders airtime. */
export const directiveSchema = z.object({
  id: idSchema,
  number: shortText(80),
  issuer: shortText(200),
  day: localDaySchema,
  abstract: severalLines(2000),
});
export type Directive = z.infer<typeof directiveSchema>;

/** A topic broadcast over a period, local days both included, because of a directive. */
export const campaignSchema = z.object({
  id: idSchema,
  name: shortText(200),
  directive: idSchema.nullable(),
  from: localDaySchema,
  to: localDaySchema,
});
export type Campaign = z.infer<typeof campaignSchema>;
