import * as z from 'zod';
import { daypartSchema, siteSlugSchema, zoneSchema } from '#schemas/primitives.ts';

/** "21:00-05:00,12:00-13:00" as dayparts; "none" as an empty list. */
const quietHoursSchema = z
  .string()
  .transform((text) =>
    text.trim() === 'none'
      ? []
      : text.split(',').map((part) => {
          const [from, to] = part.trim().split('-');
          return { from, to };
        }),
  )
  .pipe(z.array(daypartSchema).max(8));

const switchSchema = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0'])])
  .transform((value) => value === true || value === 'true' || value === '1');

/** "127.0.0.1, 10.0.0.0/8" as addresses and subnets. */
const proxiesSchema = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).max(16));

const portSchema = z.coerce.number().int().min(0).max(65_535);
const httpUrlSchema = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
const mqttUrlSchema = z.url({ protocol: /^(mqtts?|wss?)$/ });
const textSchema = z.string().min(1).max(500);

/** Where the server listens unless it is told to be on the network. */
export const LOOPBACK = '127.0.0.1';
/** All addresses of the machine, in IPv4. */
export const EVERY_IPV4 = '0.0.0.0';

/** What content takes at most: a film of an hour, whose sound alone is wanted. */
const LARGEST_MAX_UPLOAD_BYTES = 2 * 1024 * 1024 * 1024;

/**
 * Every setting of the server. In the environment `httpPort` is `TIENG_LANG_HTTP_PORT`; in the file
 * it stands under `server`. A port of 0 takes any free one.
 */
export const settingsSchema = z.strictObject({
  dataFolder: textSchema.default('.var/server'),
  httpHost: textSchema.default(LOOPBACK),
  httpPort: portSchema.default(8080),
  httpPublicUrl: httpUrlSchema.optional(),
  lan: switchSchema.default(false),
  tlsCert: textSchema.optional(),
  tlsKey: textSchema.optional(),
  trustedProxy: proxiesSchema.optional(),
  mqttHost: textSchema.default(LOOPBACK),
  mqttPort: portSchema.default(1883),
  mqttTlsPort: portSchema.default(8883),
  mqttPublicUrl: mqttUrlSchema.optional(),
  brokerUrl: mqttUrlSchema.optional(),
  brokerUsername: textSchema.optional(),
  brokerPassword: textSchema.optional(),
  clipFolder: textSchema.optional(),
  previousClipFolder: textSchema.optional(),
  s3Bucket: textSchema.optional(),
  s3Endpoint: httpUrlSchema.optional(),
  s3PublicEndpoint: httpUrlSchema.optional(),
  s3Region: textSchema.default('us-east-1'),
  s3AccessKeyId: textSchema.optional(),
  s3SecretAccessKey: textSchema.optional(),
  piperCommand: textSchema.default('piper'),
  voiceFolder: textSchema.optional(),
  maxUploadBytes: z.coerce
    .number()
    .int()
    .min(1024)
    .max(LARGEST_MAX_UPLOAD_BYTES)
    .default(LARGEST_MAX_UPLOAD_BYTES),
  consoleFolder: textSchema.optional(),
  starterFolder: textSchema.optional(),
  starterSlug: siteSlugSchema.optional(),
  starterZone: zoneSchema.optional(),
  starterQuietHours: quietHoursSchema.optional(),
  fourEyes: switchSchema.optional(),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});
export type Settings = z.infer<typeof settingsSchema>;
