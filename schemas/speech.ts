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
