import * as z from 'zod';

/** A UUIDv7 in lower case: ids sort by the instant of their making. Source: RFC 9562, 5.7. */
export const idSchema = z.uuidv7().meta({ id: 'Id' });
export type Id = z.infer<typeof idSchema>;

/** SHA-256 as 64 lower-case hexadecimal digits. Source: FIPS 180-4. */
export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ id: 'Sha256' });
export type Sha256 = z.infer<typeof sha256Schema>;

/** The latest instant the system accepts: 9999-12-31T23:59:59.999Z. */
const LATEST_INSTANT_MS = 253_402_300_799_999;

/** An instant as whole milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted. */
export const instantMsSchema = z.int().min(0).max(LATEST_INSTANT_MS).meta({ id: 'InstantMs' });

/**
 * A position of a boot's monotonic clock: whole milliseconds since the agent's start. It never
 * goes back and knows no wall time. Source: AIRTIME.md, 2.
 */
export const positionMsSchema = z
  .int()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER)
  .meta({ id: 'PositionMs' });

/** A local day of the site's zone, `YYYY-MM-DD`. */
export const localDaySchema = z.iso.date().meta({ id: 'LocalDay' });
export type LocalDay = z.infer<typeof localDaySchema>;

const FIRST_DAY = '2000-01-01';
const LAST_DAY = '2199-12-31';

/** A day that somebody may ask about: no plan and no log lies outside these two centuries. */
export const askedDaySchema = localDaySchema.refine((day) => day >= FIRST_DAY && day <= LAST_DAY, {
  message: `${FIRST_DAY} … ${LAST_DAY}`,
});

/** A local wall time `HH:MM`, 00:00 to 23:59; `24:00` is written `00:00`. */
export const localTimeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ id: 'LocalTime' });
export type LocalTime = z.infer<typeof localTimeSchema>;

/**
 * Wall times from `from` up to, and not including, `to`; it wraps midnight when `to` is not after
 * `from`, and covers the whole day when both are equal. Source: AIRTIME.md, 3.
 */
export const daypartSchema = z
  .object({ from: localTimeSchema, to: localTimeSchema })
  .meta({ id: 'Daypart' });
export type Daypart = z.infer<typeof daypartSchema>;

/** A half-open interval `[fromMs, toMs)`; whether positions or instants is said where it is used. */
export const intervalSchema = z
  .object({ fromMs: z.int().min(0), toMs: z.int().min(0) })
  .refine((interval) => interval.toMs >= interval.fromMs)
  .meta({ id: 'Interval' });
export type Interval = z.infer<typeof intervalSchema>;

/** An IANA zone name, as `Asia/Ho_Chi_Minh`. Whether the runtime knows it is checked at the edge. */
export const zoneSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+\-/]*$/)
  .meta({ id: 'Zone' });

/** The short name of one installation, part of every topic: 3 to 40 of `a–z 0–9 -`. */
export const siteSlugSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/)
  .meta({ id: 'SiteSlug' });

/** Text for people: NFC, trimmed, one to `most` characters, none of them a control character. */
export const shortText = (most: number) =>
  z
    .string()
    .max(most * 4)
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(most)
        .regex(/^[^\p{Cc}\p{Cs}]*$/u),
    );

/** The same of several lines, which end in a line feed whatever they came with. */
export const severalLines = (most: number) =>
  z
    .string()
    .max(most * 4)
    .transform((text) => text.normalize('NFC').replace(/\r\n?/g, '\n').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(most)
        .regex(/^(?:\n|[^\p{Cc}\p{Cs}])*$/u),
    );

/** How urgent a bulletin is. Source: GLOSSARY.md; Circular 39/2020/TT-BTTTT as told in DOMAIN.md. */
export const prioritySchema = z.enum(['normal', 'priority', 'emergency']);
export type Priority = z.infer<typeof prioritySchema>;

/** What part an item plays in a session; only `bulletin` carries campaigns of its own. */
export const roleSchema = z.enum(['bulletin', 'ident', 'hotline', 'closing']);

/** Output volume in whole percent of the player's own scale; 0 is not audible. */
export const volumeSchema = z.int().min(0).max(100);
