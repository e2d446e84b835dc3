import * as z from 'zod';

/** Northern or southern words where they differ: nghìn or ngàn, linh or lẻ. */
export const speechUsageSchema = z.enum(['north', 'south']);
export type SpeechUsage = z.infer<typeof speechUsageSchema>;

/** What a part of a text is, that is read in other words than it is written in. */
export const changeKindSchema = z.enum([
  'number',
  'range',
  'ordinal',
  'roman',
  'date',
  'time',
  'money',
  'unit',
  'percent',
  'digits',
  'hotline',
  'document',
  'abbreviation',
  'pronunciation',
  'letters',
  'address',
  'symbol',
  'pause',
]);
export type ChangeKind = z.infer<typeof changeKindSchema>;

/** `spoken` is said in place of the UTF-16 units `[from, to)` of the source. */
export const spokenChangeSchema = z.object({
  from: z.int().min(0),
  to: z.int().min(0),
  spoken: z.string(),
  kind: changeKindSchema,
});
export type SpokenChange = z.infer<typeof spokenChangeSchema>;

/** A script as it is read out: `source` is the script in NFC, without what cannot be heard. */
export const spokenTextSchema = z.object({
  source: z.string(),
  spoken: z.string(),
  changes: z.array(spokenChangeSchema),
});
export type SpokenText = z.infer<typeof spokenTextSchema>;

/**
 * A script as it would be read now. `numbers`: for each placeholder the telephone number that is read
 * there, null where nobody has given one.
 */
export const speechPreviewSchema = spokenTextSchema.extend({
  numbers: z.record(z.string(), z.string().nullable()),
});
export type SpeechPreview = z.infer<typeof speechPreviewSchema>;

/** A voice that can be chosen; `name` is espeak-ng's own name, or that of the voice's file. */
export const voiceSchema = z.object({
  id: z.string().min(1).max(120),
  engine: z.enum(['espeak', 'piper']),
  name: z.string().min(1).max(100),
});
export type Voice = z.infer<typeof voiceSchema>;

/** The voice that is always there: northern, of espeak-ng. */
export const DEFAULT_VOICE_ID = 'espeak/vi';

/**
 * How a script is read out: by which voice, how fast in per cent of its usual speed, with which
 * pause between sentences, and how often what stands between two pairs of asterisks is said again.
 */
export const speechMannerSchema = z.object({
  voice: voiceSchema.shape.id.default(DEFAULT_VOICE_ID),
  usage: speechUsageSchema.default('north'),
  speedPercent: z.int().min(50).max(150).default(100),
  pauseMs: z.int().min(0).max(3000).default(800),
  repeats: z.int().min(0).max(2).default(0),
});
export type SpeechManner = z.infer<typeof speechMannerSchema>;

/** How a script is read out unless somebody says otherwise. */
export const usualManner: SpeechManner = speechMannerSchema.parse({});
