import { type LogTools, openRecord, parseJson } from '#core/open-record.ts';
import { type Envelope, envelopeSchema } from '#schemas/envelope.ts';
import type { FileFinding } from '#schemas/files/answers.ts';
import type { Id } from '#schemas/primitives.ts';
import { type LogRecord, logRecordSchema } from '#schemas/records/log-record.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';

/** How the lines of a log file are read. */
export interface LineReader {
  /** Every speaker whose records are wanted. */
  readonly speakers: ReadonlySet<Id>;
  /** Whose key it is, by key id. Null: signatures are not checked, and plain records are taken. */
  readonly keys: ReadonlyMap<string, SpeakerKey> | null;
  readonly tools: Pick<LogTools, 'codec' | 'bytesToText' | 'hash'>;
}

export interface SpeakerKey {
  readonly speaker: Id;
  readonly tools: LogTools;
}

/** A record, and the SHA-256 of the bytes in its envelope; null when it came without one. */
export interface ReadLine {
  readonly record: LogRecord;
  readonly hash: string | null;
}

/** Why a line is not taken; `endsLog`: the speaker's log counts as ending before it. */
export interface LineFinding extends Omit<FileFinding, 'line'> {
  readonly endsLog: boolean;
}

/**
 * One line of a log file: a signed envelope, or, when signatures are not checked, also a plain
 * record. One that was too long to be read (null) is torn. Errors: recordTorn, keyUnknown, purposeWrong, envelopeInvalid, signatureWrong,
 * payloadInvalid, unknownSpeaker, wrongSpeaker. Source: AIRTIME.md, 2; DESIGN.md, contracts.
 */
export const readLogLine = (
  text: string | null,
  reader: LineReader,
): Result<ReadLine, LineFinding> => {
  const value = text === null ? undefined : parseJson(text);
  const envelope = envelopeSchema.safeParse(value);
  if (envelope.success) {
    return reader.keys === null
      ? readUnchecked(envelope.data, reader)
      : readSigned(envelope.data, reader, reader.keys);
  }
  if (value === undefined || reader.keys !== null) return refuse(found('recordTorn'));
  return takeRecord(value, null, reader);
};

const found = (code: FileFinding['code'], known: Partial<LineFinding> = {}): LineFinding => ({
  code,
  speaker: null,
  seq: null,
  detail: null,
  endsLog: false,
  ...known,
});

const readSigned = (
  envelope: Envelope,
  { tools }: LineReader,
  keys: ReadonlyMap<string, SpeakerKey>,
): Result<ReadLine, LineFinding> => {
  const key = keys.get(envelope.keyId);
  if (key === undefined) return refuse(found('keyUnknown', { detail: envelope.keyId }));
  const { speaker } = key;
  const opened = openRecord(envelope, key.tools);
  if (!opened.ok) {
    const { code } = opened.problem;
    const detail = opened.problem.code === 'payloadInvalid' ? opened.problem.detail : null;
    const endsLog = code === 'signatureWrong' || code === 'envelopeInvalid';
    return refuse(found(code, { speaker, detail, endsLog, seq: claimedSeq(envelope, tools) }));
  }
  const { record, hash } = opened.value;
  if (record.speaker === speaker) return ok({ record, hash });
  return refuse(found('wrongSpeaker', { speaker, seq: record.seq, detail: record.speaker }));
};

const readUnchecked = (envelope: Envelope, reader: LineReader): Result<ReadLine, LineFinding> => {
  const { codec, bytesToText, hash } = reader.tools;
  const payload = codec.base64ToBytes(envelope.payload);
  if (payload === undefined) return refuse(found('envelopeInvalid'));
  return takeRecord(parseJson(bytesToText(payload)), hash(payload), reader);
};

const takeRecord = (
  value: unknown,
  hash: string | null,
  { speakers }: LineReader,
): Result<ReadLine, LineFinding> => {
  const parsed = logRecordSchema.safeParse(value);
  if (!parsed.success) {
    const detail = parsed.error.issues[0]?.path.join('.') ?? '';
    return refuse(found('payloadInvalid', { detail }));
  }
  const record = parsed.data;
  if (speakers.has(record.speaker)) return ok({ record, hash });
  return refuse(found('unknownSpeaker', { speaker: record.speaker, seq: record.seq }));
};

/** The number that a payload whose signature does not hold says it has; null when it says none. */
const claimedSeq = (envelope: Envelope, tools: LineReader['tools']): number | null => {
  const payload = tools.codec.base64ToBytes(envelope.payload);
  if (payload === undefined) return null;
  const parsed = claimSchema.safeParse(parseJson(tools.bytesToText(payload)));
  return parsed.success ? parsed.data.seq : null;
};

const claimSchema = logRecordSchema.options[0].pick({ seq: true });
