import * as z from 'zod';

/** What is wrong with a call, or has changed under it. */
export const requestProblems = {
  requestInvalid: z.object({ issues: z.array(z.object({ path: z.string(), issue: z.string() })) }),
  notFound: z.object({ what: z.string(), id: z.string() }),
  unknownCampaign: z.object({ campaign: z.string() }),
  unknownSpeaker: z.object({ speaker: z.string() }),
  unknownUnit: z.object({ unit: z.string() }),
  changedMeanwhile: z.object({ what: z.string(), id: z.string() }),
  alreadyExists: z.object({ what: z.string(), id: z.string() }),
  wrongState: z.object({ what: z.string(), state: z.string() }),
  bulletinMeantElsewhere: z.object({ title: z.string(), speaker: z.string() }),
  volumeAboveLimit: z.object({ volume: z.number(), maxVolume: z.number() }),
  listFull: z.object({ most: z.number() }),
  bodyTooLarge: z.object({ maxBytes: z.number() }),
  uploadInterrupted: z.object({}),
  tooManyUploads: z.object({ most: z.number() }),
  httpsNeeded: z.object({ url: z.string() }),
  internal: z.object({ reference: z.string() }),
} as const;
