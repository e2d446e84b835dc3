import * as z from 'zod';

/** What is wrong with a signed message, a document or a log. */
export const linkProblems = {
  envelopeInvalid: z.object({ detail: z.string() }),
  keyUnknown: z.object({ keyId: z.string() }),
  purposeWrong: z.object({ expected: z.string(), found: z.string() }),
  signatureWrong: z.object({ keyId: z.string() }),
  payloadInvalid: z.object({ contract: z.string(), detail: z.string() }),
  wrongSpeaker: z.object({ expected: z.string(), found: z.string() }),
  revisionOld: z.object({ have: z.number(), found: z.number() }),
  documentMismatch: z.object({ expected: z.string(), found: z.string() }),
  nonceUnknown: z.object({}),
  sequenceMissing: z.object({ expected: z.number(), found: z.number() }),
  sequenceConflict: z.object({ seq: z.number() }),
  chainBroken: z.object({ seq: z.number() }),
  recordsLost: z.object({ from: z.number(), to: z.number() }),
  bundleInvalid: z.object({ detail: z.string() }),
  bundleTooLarge: z.object({ bytes: z.number(), maxBytes: z.number(), most: z.number() }),
  stickLogInvalid: z.object({ line: z.number() }),
  recordTorn: z.object({ line: z.number() }),
} as const;
