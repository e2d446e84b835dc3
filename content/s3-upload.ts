import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

/** Files of at most this size go in one request; longer ones in parts of it, the last one shorter. */
export const PART_BYTES = 8 * 1024 * 1024;

export type ObjectPlace = { readonly Bucket: string; readonly Key: string };

/** A file as it stands on the disk. */
export type LocalFile = { readonly path: string; readonly bytes: number };

const md5OfFile = async (path: string): Promise<string> => {
  const hash = createHash('md5');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('base64');
};

const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('base64');

/**
 * Puts a file into an object, all of it or nothing; the server holds what arrives against its MD5.
 * A connection that breaks costs one part. Throws what the client throws; the parts that arrived
 * until then are given up. Source: the S3 API, PutObject and the multipart upload.
 */
export const putFile = async (
  client: S3Client,
  place: ObjectPlace,
  { path, bytes }: LocalFile,
): Promise<void> => {
  if (bytes > PART_BYTES) return putInParts(client, place, { path, bytes });
  const ContentMD5 = await md5OfFile(path);
  const Body = createReadStream(path);
  await client.send(new PutObjectCommand({ ...place, Body, ContentLength: bytes, ContentMD5 }));
};

const putInParts = async (client: S3Client, place: ObjectPlace, file: LocalFile): Promise<void> => {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(place));
  const upload = { ...place, UploadId };
  try {
    const Parts = await sendParts(client, upload, file);
    await client.send(
      new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }),
    );
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand(upload)).catch((also: unknown) => {
      throw new AggregateError([error, also], 'A multipart upload could not be given up');
    });
    throw error;
  }
};

type Upload = ObjectPlace & { readonly UploadId: string | undefined };

const sendParts = async (client: S3Client, upload: Upload, { path, bytes }: LocalFile) => {
  const file = await open(path, 'r');
  try {
    const parts: { readonly PartNumber: number; readonly ETag: string | undefined }[] = [];
    for (let from = 0; from < bytes; from += PART_BYTES) {
      const Body = Buffer.alloc(Math.min(PART_BYTES, bytes - from));
      const { bytesRead } = await file.read(Body, 0, Body.length, from);
      if (bytesRead !== Body.length) throw new Error(`${path} became shorter while it was sent`);
      const PartNumber = parts.length + 1;
      const part = { ...upload, PartNumber, Body, ContentMD5: md5Of(Body) };
      const { ETag } = await client.send(new UploadPartCommand(part));
      parts.push({ PartNumber, ETag });
    }
    return parts;
  } finally {
    await file.close();
  }
};
