import { bodyLimit } from 'hono/body-limit';
import { RequestRefused } from './problem-response.ts';

/** The largest JSON body: the longest text with room for its escapes. */
const MAX_JSON_BYTES = 1_048_576;

/** Refuses JSON bodies above `MAX_JSON_BYTES` without reading on. */
export const jsonLimit = bodyLimit({
  maxSize: MAX_JSON_BYTES,
  onError: () => {
    throw new RequestRefused({ code: 'bodyTooLarge', maxBytes: MAX_JSON_BYTES });
  },
});
