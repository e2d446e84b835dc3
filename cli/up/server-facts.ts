import * as z from 'zod';

/** What the server says once it listens. */
export const serverFactsSchema = z.object({
  url: z.string(),
  brokerUrl: z.string(),
  zone: z.string(),
  trust: z.object({ fingerprint: z.string(), pageUrl: z.string() }).optional(),
  firstSignIn: z.object({ username: z.string(), oneTimePassword: z.string() }).optional(),
  code: z.object({ code: z.string() }).optional(),
});
export type ServerFacts = z.infer<typeof serverFactsSchema>;
