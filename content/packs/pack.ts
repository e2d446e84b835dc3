import * as z from 'zod';
import { SPOKEN_LANGUAGE } from '#schemas/bulletin-language.ts';
import {
  daypartSchema,
  prioritySchema,
  roleSchema,
  siteSlugSchema,
  volumeSchema,
  zoneSchema,
} from '#schemas/primitives.ts';
import { MAX_TEXT_CHARS } from '../bounds.ts';

const MAX_ENTRIES = 200;
const MAX_NAME_CHARS = 200;
const MAX_ABSTRACT_CHARS = 2000;
const MAX_VALID_DAYS = 366;

const isComposed = (text: string): boolean => text === text.normalize('NFC');
const isTrimmed = (text: string): boolean => text === text.trim();

/** Text for people: NFC already, no blanks around it. */
export const packText = (most: number) =>
  z.string().min(1).max(most).refine(isComposed).refine(isTrimmed);

/** The name of an entry inside a pack, by which others refer to it; ids are given at import. */
const keySchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);

const unitSchema = z.strictObject({
  key: keySchema,
  parent: keySchema.nullable(),
  level: z.enum(['province', 'commune', 'village']),
  name: packText(MAX_NAME_CHARS),
});

const speakerSchema = z.strictObject({
  key: keySchema,
  unit: keySchema,
  name: packText(MAX_NAME_CHARS),
  volume: volumeSchema,
});

const directiveSchema = z.strictObject({
  key: keySchema,
  number: packText(MAX_NAME_CHARS),
  issuer: packText(MAX_NAME_CHARS),
  abstract: packText(MAX_ABSTRACT_CHARS),
});

const campaignSchema = z.strictObject({
  key: keySchema,
  directive: keySchema.nullable(),
  name: packText(MAX_NAME_CHARS),
});

/** What every rule of a pack says. */
export const packRule = {
  minOccurrences: z.int().min(1).max(96),
  minMinutes: z.number().positive().max(1440).nullable(),
  dayparts: z.array(daypartSchema).max(16),
};

const ruleSchema = z.strictObject({
  campaign: keySchema,
  unit: keySchema,
  scope: z.enum(['own', 'subtree']),
  ...packRule,
});

/**
 * A text to be spoken and put on air. `trial` marks what is played as a drill at the very first
 * start. In the file the script is a list of paragraphs; here they are lines of one text.
 */
export const packBulletinSchema = z.strictObject({
  key: keySchema,
  title: packText(MAX_NAME_CHARS),
  role: roleSchema,
  trial: z.boolean(),
  language: z.literal(SPOKEN_LANGUAGE),
  /** Who provided the text; null where nobody is to be named. */
  supplier: packText(MAX_NAME_CHARS).nullable().default(null),
  priority: prioritySchema,
  campaigns: z.array(keySchema).max(32),
  script: z
    .array(packText(MAX_TEXT_CHARS))
    .min(1)
    .max(MAX_ENTRIES)
    .transform((paragraphs) => paragraphs.join('\n'))
    .pipe(z.string().max(MAX_TEXT_CHARS)),
});
export type PackBulletin = z.infer<typeof packBulletinSchema>;

/** `pack.json`: everything but the texts, which stand beside it in `bulletins/{key}.json`. */
export const packFileSchema = z.strictObject({
  v: z.literal(1),
  /** Campaigns, rules and bulletins hold from the day of import for so many local days. */
  validDays: z.int().min(1).max(MAX_VALID_DAYS),
  site: z.strictObject({
    slug: siteSlugSchema,
    name: packText(MAX_NAME_CHARS),
    zone: zoneSchema,
    quietHours: z.array(daypartSchema).max(8),
  }),
  units: z.array(unitSchema).min(1).max(MAX_ENTRIES),
  speakers: z.array(speakerSchema).max(MAX_ENTRIES),
  directives: z.array(directiveSchema).max(MAX_ENTRIES),
  campaigns: z.array(campaignSchema).max(MAX_ENTRIES),
  rules: z.array(ruleSchema).max(MAX_ENTRIES),
  bulletins: z.array(keySchema).max(MAX_ENTRIES),
});
export type PackFile = z.infer<typeof packFileSchema>;

/**
 * A whole site to begin with, as data: units before their children, rules and campaigns without
 * days of their own, and texts in the order in which they are to be released. All keys that are
 * referred to exist. Times of day are wall times of the site's zone.
 */
export type StarterPack = Omit<PackFile, 'bulletins'> & {
  readonly bulletins: readonly PackBulletin[];
};
