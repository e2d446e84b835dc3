import * as z from 'zod';
import { idSchema, instantMsSchema, sha256Schema, siteSlugSchema } from './primitives.ts';

/** How the names of bundles on a stick end; a speaker looks at no other file. */
export const BUNDLE_SUFFIX = '.tieng-lang.tar';
/** How the names of logs end that speakers write onto a stick; before it stands the speaker's id. */
export const STICK_LOG_SUFFIX = '.tieng-lang.log';
/** The first member of every bundle: the signed index of all that follow. */
export const INDEX_NAME = 'index.json';

/** The largest bundle, in bytes: what a file of a FAT stick can hold. */
export const MAX_BUNDLE_BYTES = 4_000_000_000;
/** How many members a bundle has besides its index, so that the index fits into one envelope. */
export const MAX_BUNDLE_MEMBERS = 1_200;
/** For how many speakers one bundle is at the most. */
export const MAX_BUNDLE_SPEAKERS = 100;
/** The largest index, in bytes: an envelope with the largest payload. */
export const MAX_INDEX_BYTES = 360_448;
/** How much of its log a speaker writes onto a stick at a time, the oldest first, in bytes. */
export const MAX_STICK_LOG_BYTES = 67_108_864;

/** What a bundle holds for one speaker, in the order in which it is taken. */
export const BUNDLE_MESSAGES = ['limits', 'permit', 'pointer'] as const;
export type BundleMessage = (typeof BUNDLE_MESSAGES)[number];

/** The name of a member; the three kinds are told apart by their folder. */
export const memberNames = {
  message: (speaker: string, name: BundleMessage): string => `speakers/${speaker}/${name}.json`,
  plan: (sha256: string): string => `plans/${sha256}.json`,
  clip: (sha256: string): string => `clips/${sha256}.clip`,
} as const;

const memberName =
  /^(speakers\/[0-9a-f-]{36}\/(limits|permit|pointer)\.json|plans\/[0-9a-f]{64}\.json|clips\/[0-9a-f]{64}\.clip)$/;

/** One file of a bundle, as it must be. */
export const bundleMemberSchema = z.object({
  name: z.string().max(100).regex(memberName),
  bytes: z.int().min(1).max(MAX_BUNDLE_BYTES),
  sha256: sha256Schema,
});
export type BundleMember = z.infer<typeof bundleMemberSchema>;

/**
 * What a bundle holds, signed by the site (purpose `bundle`): its members in the order in which they
 * follow the index, and up to where the server has each speaker's log, which acknowledges it.
 * Source: docs/usb-stick.md.
 */
export const bundleIndexSchema = z
  .object({
    v: z.literal(1),
    site: siteSlugSchema,
    id: idSchema,
    issuedMs: instantMsSchema,
    speakers: z
      .array(z.object({ speaker: idSchema, logTo: z.int().min(0) }))
      .min(1)
      .max(MAX_BUNDLE_SPEAKERS),
    members: z.array(bundleMemberSchema).max(MAX_BUNDLE_MEMBERS),
  })
  .meta({ id: 'BundleIndex' });
export type BundleIndex = z.infer<typeof bundleIndexSchema>;

/** The first line of a log on a stick; every line after it is a `RecordBatch`. */
export const stickLogHeadSchema = z
  .object({ v: z.literal(1), site: siteSlugSchema, speaker: idSchema })
  .meta({ id: 'StickLogHead' });
export type StickLogHead = z.infer<typeof stickLogHeadSchema>;
