import type { Upload } from '../services/receive-upload.ts';

const NOTHING: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};

/** The body of a request as bytes that come in one by one. */
export const requestToUpload = (request: Request): Upload => {
  const declared = request.headers.get('content-length');
  return {
    chunks: request.body ?? NOTHING,
    declaredBytes: declared === null ? null : Number(declared),
  };
};
