import * as z from 'zod';
import { hotlineKeySchema, hotlineKindSchema } from '#schemas/entities/hotline.ts';
import { unitSchema } from '#schemas/entities/site.ts';
import { localDaySchema } from '#schemas/primitives.ts';
import { packBulletinSchema, packRule, packText } from './pack.ts';

const MAX_ENTRIES = 50;
const MAX_NAME_CHARS = 200;
const MAX_ABSTRACT_CHARS = 2000;

const keySchema = packBulletinSchema.shape.key;
const nameSchema = packText(MAX_NAME_CHARS);

/**
 * What a directive demands, for whatever unit it is imported: `own` are the unit's loudspeakers,
 * `each` those of each unit of the level below it. With `unlessUnitAired` it holds only on days on
 * which the unit itself did not broadcast.
 */
const topicRuleSchema = z.strictObject({
  scope: z.enum(['own', 'subtree', 'each']),
  level: z.enum(['province', 'commune', 'village']).nullable(),
  per: z.enum(['day', 'week']),
  minOccurrences: packRule.minOccurrences,
  minMinutes: packRule.minMinutes,
  dayparts: packRule.dayparts,
  unlessUnitAired: z.boolean(),
});

/** A text of a topic; `{key}` in it stands for a telephone number that the site keeps. */
export const topicBulletinSchema = packBulletinSchema.omit({ trial: true, campaigns: true });
export type TopicBulletin = z.infer<typeof topicBulletinSchema>;

/** `pack.json` of a topic; its texts stand beside it in `bulletins/{key}.json`. */
export const topicFileSchema = z.strictObject({
  v: z.literal(1),
  key: keySchema,
  name: nameSchema,
  /** The directive that the rules come from; null where nothing demands airtime. */
  directive: z
    .strictObject({
      number: nameSchema,
      issuer: nameSchema,
      day: localDaySchema,
      abstract: packText(MAX_ABSTRACT_CHARS),
    })
    .nullable(),
  /** Null where the texts belong to every campaign, as hotlines do. */
  campaign: nameSchema.nullable(),
  rules: z.array(topicRuleSchema).max(MAX_ENTRIES),
  /** The telephone numbers that the texts need. */
  numbers: z
    .array(
      z.strictObject({
        key: hotlineKeySchema,
        name: nameSchema,
        kind: hotlineKindSchema,
        /** Which unit it is the number of: the one of this level; null: the whole site's. */
        level: unitSchema.shape.level.nullable(),
      }),
    )
    .max(MAX_ENTRIES),
  bulletins: z.array(keySchema).min(1).max(MAX_ENTRIES),
});
export type TopicFile = z.infer<typeof topicFileSchema>;

/** Texts about one topic, and what a directive demands of them, to be imported into any site. */
export type TopicPack = Omit<TopicFile, 'bulletins'> & {
  readonly bulletins: readonly TopicBulletin[];
};
