import * as z from 'zod';
import { publicKeySchema } from './envelope.ts';
import { idSchema, siteSlugSchema, zoneSchema } from './primitives.ts';

/** Eight characters without look-alikes, written `ABCD-EFGH`; upper case, dash optional. */
export const enrolmentCodeSchema = z
  .string()
  .transform((text) => text.toUpperCase().replaceAll(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[ABCDEFGHJKMNPQRSTVWXYZ23456789]{8}$/));

/**
 * A new speaker shows the code it was given and the public key it made; `proof` is its Ed25519
 * signature, base64, over the ASCII bytes `tl/v1/enrol` LF + code + LF + public key.
 */
export const enrolmentRequestSchema = z
  .object({ code: enrolmentCodeSchema, publicKey: publicKeySchema, proof: z.base64().length(88) })
  .meta({ id: 'EnrolmentRequest' });
export type EnrolmentRequest = z.infer<typeof enrolmentRequestSchema>;

/**
 * Who the speaker is from now on: site, keys it may trust, and how it signs in to the broker. Paths
 * of clips are below the server's own address, with the broker's secret as bearer token. `authority`
 * is the site's own certificate authority (PEM), which vouches for that address where no other does.
 */
export const enrolmentGrantSchema = z
  .object({
    v: z.literal(1),
    site: siteSlugSchema,
    zone: zoneSchema,
    speaker: idSchema,
    siteKeys: z.array(publicKeySchema).min(1).max(8),
    broker: z.object({
      url: z.url({ protocol: /^(mqtts?|wss?)$/ }),
      username: z.string().min(1).max(80),
      password: z.string().min(24).max(200),
    }),
    clips: z.object({ url: z.url({ protocol: /^https?$/ }) }),
    authority: z.string().min(1).max(8192).optional(),
  })
  .meta({ id: 'EnrolmentGrant' });
export type EnrolmentGrant = z.infer<typeof enrolmentGrantSchema>;

/** Where a server shows the certificate of its own authority (DER), also in plain HTTP. */
export const AUTHORITY_PATH = '/trust/site-ca.crt';

/** The text whose bytes `proof` signs. */
export const enrolmentProofText = (code: string, publicKey: string): string =>
  `tl/v1/enrol\n${code}\n${publicKey}`;
