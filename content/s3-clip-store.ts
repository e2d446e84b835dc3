import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadBucketCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { type Sha256, sha256Schema } from '#schemas/primitives.ts';
import { ok, refuse } from '#schemas/result.ts';
import { ClipStoreFailed } from './clip-store-failed.ts';
import { hashStream } from './hash-file.ts';
import type { ByteRange, ClipStore, HeldClip } from './ports.ts';
import { askingStore } from './s3-failure.ts';
import { linkToObject } from './s3-link.ts';
import { putFile } from './s3-upload.ts';

/** How to reach an S3-compatible store; `prefix` comes before each clip's hash in its key. */
export type S3StoreOptions = {
  readonly endpoint: string;
  /** Where others reach it, when that is another address. */
  readonly publicEndpoint?: string;
  readonly region: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** How long it may say nothing in the middle of a request, in milliseconds; a minute by default. */
  readonly silentMs?: number;
};

const CONNECT_MS = 5000;
const SILENT_MS = 60_000;
const MAX_ATTEMPTS = 3;
const NOT_FOUND = 404;
/** A store without its bucket says of no clip that it is missing. */
const NO_BUCKET = 'NoSuchBucket';

/** The SDK's own checksums corrupt streams on some compatible stores. Source: PLATFORM.md, s3rver. */
const createClient = (options: S3StoreOptions, endpoint: string): S3Client =>
  new S3Client({
    endpoint,
    region: options.region,
    forcePathStyle: true,
    credentials: {
      accessKeyId: options.accessKeyId,
      secretAccessKey: options.secretAccessKey,
    },
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      // Silence of the connection, bodies included: what the SDK calls a request's timeout only warns.
      socketTimeout: options.silentMs ?? SILENT_MS,
    },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });

/** The value of `send`, or clipMissing when the store has no such object. */
const ifThere = async <T>(sha256: Sha256, send: () => Promise<T>) => {
  try {
    return ok(await send());
  } catch (error) {
    const isMissing =
      error instanceof S3ServiceException &&
      error.$metadata.httpStatusCode === NOT_FOUND &&
      error.name !== NO_BUCKET;
    if (isMissing) return refuse({ code: 'clipMissing' as const, sha256 });
    throw error;
  }
};

/** An answer without a body does not say what is missing, the object or all of the bucket. */
const findBucket = async (client: S3Client, Bucket: string): Promise<void> => {
  try {
    await client.send(new HeadBucketCommand({ Bucket }));
  } catch (error) {
    const isMissing = error instanceof S3ServiceException && error.name === 'NotFound';
    throw isMissing ? new ClipStoreFailed(NO_BUCKET, error) : error;
  }
};

const rangeHeader = ({ from, to }: ByteRange): string => `bytes=${from}-${to - 1}`;

const isAsked = (length: number | undefined, range: ByteRange | undefined): boolean =>
  range === undefined || length === range.to - range.from;

/** The stream of an answer; a store that does not keep to the range asked for is broken. */
const answerToStream = (answer: GetObjectCommandOutput, range?: ByteRange): Readable => {
  const { Body, ContentLength } = answer;
  if (!(Body instanceof Readable)) throw new Error('The S3 client gave no stream');
  if (isAsked(ContentLength, range)) return Body;
  Body.destroy();
  const cause = new Error(`The S3 store gave ${ContentLength} bytes of another range`);
  throw new ClipStoreFailed('InvalidRange', cause);
};

/**
 * A clip store in a bucket of an S3-compatible server. A put is atomic by the protocol; what arrives
 * is held against its MD5 by the server, what is sent against its SHA-256 here. Throws
 * `ClipStoreFailed` when the store cannot be reached, refuses access or has no such bucket.
 */
export const createS3ClipStore = (options: S3StoreOptions): ClipStore => {
  const client = createClient(options, options.endpoint);
  // A signature covers the name of the host: it is asked nothing, links are made with it.
  const linking = createClient(options, options.publicEndpoint ?? options.endpoint);
  const { bucket: Bucket, prefix } = options;
  const at = (sha256: Sha256) => ({ Bucket, Key: `${prefix}${sha256}` });

  const size = async (sha256: Sha256): ReturnType<ClipStore['size']> => {
    const found = await ifThere(sha256, () => client.send(new HeadObjectCommand(at(sha256))));
    if (found.ok) return ok(found.value.ContentLength ?? 0);
    await findBucket(client, Bucket);
    return found;
  };

  const openObject = (sha256: Sha256, range?: ByteRange): ReturnType<ClipStore['open']> =>
    ifThere(sha256, async () => {
      const Range = range && { Range: rangeHeader(range) };
      const object = await client.send(new GetObjectCommand({ ...at(sha256), ...Range }));
      return answerToStream(object, range);
    });

  const put = async (sha256: Sha256, path: string): ReturnType<ClipStore['put']> => {
    if ((await hashStream(createReadStream(path))) !== sha256) {
      return refuse({ code: 'clipCorrupt', sha256 });
    }
    const file = { path, bytes: (await stat(path)).size };
    await putFile(client, at(sha256), { ...file, isPut: async () => (await verify(sha256)).ok });
    return ok(undefined);
  };

  const verify = async (sha256: Sha256): ReturnType<ClipStore['verify']> => {
    const body = await openObject(sha256);
    if (!body.ok) return body;
    const found = await hashStream(body.value);
    return found === sha256 ? ok(undefined) : refuse({ code: 'clipCorrupt', sha256 });
  };

  const turnPage = (pages: ReturnType<typeof paginateListObjectsV2>) =>
    askingStore(() => pages.next());

  const remove = async (sha256: Sha256): Promise<void> => {
    await client.send(new DeleteObjectCommand(at(sha256)));
  };

  async function* list(): AsyncGenerator<HeldClip> {
    const pages = paginateListObjectsV2({ client }, { Bucket, Prefix: prefix });
    for (let next = await turnPage(pages); !next.done; next = await turnPage(pages)) {
      const page = next.value;
      for (const { Key = '', Size = 0, LastModified } of page.Contents ?? []) {
        const sha256 = Key.slice(prefix.length);
        if (!sha256Schema.safeParse(sha256).success) continue;
        yield { sha256, bytes: Size, changedMs: LastModified?.getTime() ?? 0 };
      }
    }
  }

  return {
    put: (sha256, path) => askingStore(() => put(sha256, path)),
    has: async (sha256) => (await askingStore(() => size(sha256))).ok,
    size: (sha256) => askingStore(() => size(sha256)),
    open: (sha256, range) => askingStore(() => openObject(sha256, range)),
    link: (sha256, time) => linkToObject(linking, at(sha256), time),
    verify: (sha256) => askingStore(() => verify(sha256)),
    remove: (sha256) => askingStore(() => remove(sha256)),
    list,
  };
};
