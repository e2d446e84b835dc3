import * as z from 'zod';

export const trustFactsSchema = z.object({
  fingerprint: z.string(),
  pageUrl: z.string().optional(),
  otherAddresses: z.string(),
});
export type TrustFacts = z.infer<typeof trustFactsSchema>;

/** What the server says once it listens. */
export const serverFactsSchema = z.object({
  url: z.string(),
  hereUrl: z.string(),
  brokerUrl: z.string(),
  zone: z.string(),
  trust: trustFactsSchema.optional(),
  firstSignIn: z.object({ username: z.string(), oneTimePassword: z.string() }).optional(),
  code: z.object({ code: z.string() }).optional(),
});
export type ServerFacts = z.infer<typeof serverFactsSchema>;
