import * as z from 'zod';
import { type UploadView, uploadViewSchema } from '#schemas/entities/upload.ts';
import type { ApiAnswer, ApiCaller } from './api-caller.ts';
import { eventually } from './eventually.ts';

const VERSION = { 'tus-resumable': '1.0.0' };
const WAIT_MS = 60_000;

/** Sends files by the tus protocol, request by request. */
export interface TusSender {
  /** Begins an upload of so many bytes, or of so many as the headers say. */
  begin(
    bytes: number,
    metadata?: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<ApiAnswer>;
  /** The path of an upload that was begun. */
  begun(bytes: number, metadata?: Readonly<Record<string, string>>): Promise<string>;
  add(path: string, offset: number, bytes: Uint8Array<ArrayBuffer>): Promise<ApiAnswer>;
  /** How many bytes are there. */
  offset(path: string): Promise<number>;
  /** What the server says of an upload, once it fits. */
  seen(path: string, fits?: (upload: UploadView) => boolean): Promise<UploadView>;
  list(): Promise<readonly UploadView[]>;
}

const isOver = ({ step }: UploadView): boolean => step === 'bulletin' || step === 'refused';

const encode = (metadata: Readonly<Record<string, string>>): string =>
  Object.entries(metadata)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',');

/** Sends as that person. */
export const tusSender = (caller: ApiCaller): TusSender => {
  const begin: TusSender['begin'] = (bytes, metadata = {}, headers = {}) =>
    caller.call('POST', '/api/uploads', {
      headers: {
        ...VERSION,
        'upload-length': `${bytes}`,
        'upload-metadata': encode({ filename: 'Bản tin.wav', title: 'Bản tin', ...metadata }),
        ...headers,
      },
    });
  return {
    begin,
    begun: async (bytes, metadata) => {
      const answer = await begin(bytes, metadata);
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return answer.headers.get('location') ?? '';
    },
    add: (path, offset, bytes) =>
      caller.call('PATCH', path, {
        bytes,
        headers: {
          ...VERSION,
          'upload-offset': `${offset}`,
          'content-type': 'application/offset+octet-stream',
        },
      }),
    offset: async (path) => {
      const { headers } = await caller.call('HEAD', path, { headers: VERSION });
      return Number(headers.get('upload-offset') ?? Number.NaN);
    },
    seen: (path, fits = isOver) =>
      eventually(async () => uploadViewSchema.parse(await caller.get(path)), fits, WAIT_MS),
    list: async () => z.array(uploadViewSchema).parse(await caller.get('/api/uploads')),
  };
};
