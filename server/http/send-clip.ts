import { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { ServerPorts } from '../ports/server-ports.ts';
import { parseRange } from './byte-range.ts';
import { accepted } from './problem-response.ts';

const PARTIAL = 206;
const NOT_MODIFIED = 304;
const UNSATISFIABLE = 416;

/** What is sent; people cannot hold bytes against their hash, speakers do and record what they find. */
export interface ClipAsked {
  readonly sha256: string;
  readonly to: 'person' | 'speaker';
  /** The `content-disposition` of what is kept as a file; undefined for what is played. */
  readonly disposition?: string;
}

/** Speakers ask by the hash; a bulletin's sound may be another one the next time. */
const cachingFor: Readonly<Record<ClipAsked['to'], string>> = {
  person: 'private, no-cache',
  speaker: 'private, max-age=31536000, immutable',
};

/** The bytes of a clip, whole or the range asked for; they never change under their hash. */
export const sendClip = async (
  context: Context,
  { clips }: Pick<ServerPorts, 'clips'>,
  { sha256, to: reader, disposition }: ClipAsked,
): Promise<Response> => {
  const size = accepted(await clips.size(sha256));
  const etag = `"${sha256}"`;
  const headers = {
    'content-type': 'audio/mpeg',
    'accept-ranges': 'bytes',
    'cache-control': cachingFor[reader],
    etag,
    ...(disposition !== undefined && { 'content-disposition': disposition }),
  };
  if (context.req.header('if-none-match') === etag) {
    return context.body(null, NOT_MODIFIED, headers);
  }
  const range = parseRange(context.req.header('range'), size);
  if (range === 'unsatisfiable') {
    return context.body(null, UNSATISFIABLE, { ...headers, 'content-range': `bytes */${size}` });
  }
  const { from, to } = range ?? { from: 0, to: size };
  // Browsers ask for all that they play as a range.
  const isChecked = reader === 'person' && from === 0 && to === size;
  const bytes = accepted(await clips.open(sha256, isChecked ? undefined : { from, to }));
  const partial = { 'content-range': `bytes ${from}-${to - 1}/${size}` };
  return new Response(Readable.toWeb(bytes), {
    status: range === undefined ? 200 : PARTIAL,
    headers: { ...headers, ...(range && partial), 'content-length': `${to - from}` },
  });
};
