import type { Signer } from '#runtime/signing.ts';
import type { Envelope } from '#schemas/envelope.ts';
import { type FoundRecord, type RecordSpan, recordsFrom } from './find-record.ts';
import type { Segments } from './segments.ts';

/**
 * The records of the span in order, read again and checked, up to the first that is not there any
 * more: as many as fit, but at least one. Memory stays bounded however long the log is.
 */
export const readRecords = async (
  segments: Segments,
  span: RecordSpan,
  signer: Signer,
): Promise<Envelope[]> => {
  const envelopes: Envelope[] = [];
  let bytes = 0;
  for await (const found of soundRecords(segments, span.from, signer)) {
    bytes += found.bytes;
    const isNext = found.seq === span.from + envelopes.length && found.seq <= span.to;
    if (!isNext || (envelopes.length > 0 && bytes > span.maxBytes)) break;
    envelopes.push(found.envelope);
  }
  return envelopes;
};

/** The first record at or after a number that can still be read; undefined when there is none. */
export const firstReadable = async (
  segments: Segments,
  from: number,
  signer: Signer,
): Promise<FoundRecord | undefined> => {
  for await (const found of soundRecords(segments, from, signer)) return found;
  return undefined;
};

/** The records from a number on over all segments; damaged ones are passed over. */
async function* soundRecords(
  segments: Segments,
  from: number,
  signer: Signer,
): AsyncGenerator<FoundRecord> {
  for (let place = segments.placeOf(from); place < segments.firstSeqs.length; place += 1) {
    const { file } = await segments.at(place);
    yield* recordsFrom(file, from, signer);
  }
}
