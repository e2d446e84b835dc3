import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
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

/** A file as it stands on the disk; `isPut` tells whether the object holds just these bytes. */
export type LocalFile = {
  readonly path: string;
  readonly bytes: number;
  readonly isPut: () => Promise<boolean>;
};

const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('base64');

/**
 * Puts a file into an object, all of it or nothing; the server holds what arrives against its MD5.
 * A connection that breaks costs one part, which is sent again. Throws what the client throws; the
 * parts that arrived until then are given up. Source: the S3 API, PutObject and the multipart upload.
 */
export const putFile = async (
  client: S3Client,
  place: ObjectPlace,
  file: LocalFile,
): Promise<void> => {
  const { path, bytes } = file;
  if (bytes > PART_BYTES) return putInParts(client, place, file);
  // A stream could not be sent a second time.
  const Body = await readFile(path);
  await client.send(new PutObjectCommand({ ...place, Body, ContentMD5: md5Of(Body) }));
};

/** A completion whose answer was lost is refused when it is asked for again, and yet is done. */
const completing = async (send: () => Promise<unknown>, { isPut }: LocalFile): Promise<void> => {
  try {
    await send();
  } catch (error) {
    if (!(await isPut())) throw error;
  }
};

const putInParts = async (client: S3Client, place: ObjectPlace, file: LocalFile): Promise<void> => {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(place));
  const upload = { ...place, UploadId };
  try {
    const MultipartUpload = { Parts: await sendParts(client, upload, file) };
    const complete = new CompleteMultipartUploadCommand({ ...upload, MultipartUpload });
    await completing(() => client.send(complete), file);
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
