import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { LinkTime } from './ports.ts';
import type { ObjectPlace } from './s3-upload.ts';

/**
 * An address by which anybody reads the object, and nothing else, for that time. It names the key
 * that signed it, not the secret. Source: Signature Version 4, authentication by query parameters.
 */
export const linkToObject = (
  client: S3Client,
  place: ObjectPlace,
  { nowMs, seconds }: LinkTime,
): Promise<string> =>
  getSignedUrl(client, new GetObjectCommand(place), {
    signingDate: new Date(nowMs),
    expiresIn: seconds,
  });
