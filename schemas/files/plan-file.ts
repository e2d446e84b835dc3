import * as z from 'zod';
import { airtimeCapSchema, airtimeRuleSchema, weekdaySchema } from '../airtime.ts';
import { clipReferenceSchema, playlistSchema } from '../playlist.ts';
import {
  askedDaySchema,
  daypartSchema,
  idSchema,
  instantMsSchema,
  localDaySchema,
  localTimeSchema,
  prioritySchema,
  shortText,
  siteSlugSchema,
  volumeSchema,
  zoneSchema,
} from '../primitives.ts';
import { lateSchema, MAX_MANNERS, mannerSchema } from '../session-manner.ts';

/** The most days one call plans: today and the fourteen after it. */
export const MAX_PLAN_DAYS = 15;
const MAX_PLAN_ITEMS = 5000;
const MAX_PROGRAMME_MS = 86_400_000;
/** The longest period of a rule, in days. */
const MAX_AIRED_DAYS = 366;

/** The item may sound only inside `[validFromMs, expiresMs)`. */
const validity = { validFromMs: instantMsSchema, expiresMs: instantMsSchema };

/** A released bulletin that is meant for this speaker. */
const planBulletinSchema = z.strictObject({
  id: idSchema,
  clip: clipReferenceSchema,
  campaigns: z.array(idSchema).max(32),
  priority: prioritySchema,
  releasedMs: instantMsSchema,
  ...validity,
});

/** An ident, hotline or closing around the bulletins; of several idents the first by `rank` that may sound. */
const frameItemSchema = z.strictObject({
  role: z.enum(['ident', 'hotline', 'closing']),
  bulletin: idSchema.nullable(),
  clip: clipReferenceSchema,
  rank: z.int().min(0).optional(),
  ...validity,
});

/** What sounds at a wall time of its own; without `sound` another source plays it. Only a clip has a `clip`. */
const programmeSchema = z.strictObject({
  id: idSchema,
  startsAt: localTimeSchema,
  durationMs: z.int().min(1).max(MAX_PROGRAMME_MS),
  weekdays: z.array(weekdaySchema).max(7).default([]),
  sound: z
    .strictObject({
      kind: z.enum(['clip', 'relay']),
      clip: clipReferenceSchema.nullable(),
      bulletin: idSchema.nullable(),
      campaigns: z.array(idSchema).max(32),
    })
    .refine(({ kind, clip }) => (kind === 'clip') === (clip !== null), {
      path: ['clip'],
      message: 'unfit',
    })
    .nullable()
    .default(null),
});

/** Instants, half-open. */
const stretchSchema = z
  .strictObject({ fromMs: instantMsSchema, toMs: instantMsSchema })
  .refine(({ fromMs, toMs }) => fromMs <= toMs, { path: ['toMs'], message: 'endsBeforeStart' });

const list = <T extends z.ZodType>(of: T) => z.array(of).max(MAX_PLAN_ITEMS).default([]);

/**
 * What `--input` of `plan` holds: all that one speaker's plan of `days` local days from `from` on
 * depends on. `rules` are those it owes, `caps` and `quietHours` those it must keep; `dayparts` serve
 * rules that name none. `nowMs` is the instant of planning. `played` says when bulletins were last
 * aired before, `occupied` when something else sounds, `previous` are the playlists it has for these
 * days, `owesFrom` the first day on which it owes anything. `aired` are the days before these, of the
 * weeks or blocks that hold them, on which anything sounded, with what qualified under which rule
 * (null: not known, each day then has its even share);
 * `exempting` the days on which a rule that others name in `unlessAired` is aired or planned above.
 * `programmes` have wall times of their own; `names` say how rules, caps, campaigns, programmes and
 * bulletins are called in sentences. Source: AIRTIME.md, 5.
 */
export const planFileSchema = z
  .strictObject({
    site: siteSlugSchema,
    zone: zoneSchema,
    from: askedDaySchema,
    days: z.int().min(1).max(MAX_PLAN_DAYS).default(1),
    nowMs: instantMsSchema,
    rules: z.array(airtimeRuleSchema).max(MAX_PLAN_ITEMS),
    caps: list(airtimeCapSchema),
    quietHours: list(daypartSchema),
    dayparts: list(daypartSchema),
    bulletins: z.array(planBulletinSchema).max(MAX_PLAN_ITEMS),
    frame: list(frameItemSchema),
    played: list(z.strictObject({ bulletin: idSchema, lastMs: instantMsSchema })),
    occupied: list(stretchSchema),
    previous: z.array(playlistSchema).max(MAX_PLAN_DAYS).default([]),
    owesFrom: localDaySchema.nullable().default(null),
    aired: z
      .array(
        z.strictObject({
          day: localDaySchema,
          occurrences: z
            .array(z.strictObject({ rule: idSchema, startMs: instantMsSchema }))
            .max(96),
        }),
      )
      .max(MAX_AIRED_DAYS)
      .nullable()
      .default(null),
    exempting: list(z.strictObject({ rule: idSchema, day: localDaySchema })),
    programmes: list(programmeSchema),
    names: z.record(idSchema, shortText(200)).default({}),
    settings: z
      .strictObject({
        marginS: z.int().min(0).max(3600),
        latestStartMin: z.int().min(0).max(720),
        volume: volumeSchema.min(1).nullable(),
        staggerS: z.int().min(0).max(3600).default(0),
        late: lateSchema.optional(),
        manners: z.array(mannerSchema).max(MAX_MANNERS).optional(),
      })
      .nullable()
      .default(null),
  })
  .meta({ id: 'PlanFile' });
export type PlanFile = z.infer<typeof planFileSchema>;
