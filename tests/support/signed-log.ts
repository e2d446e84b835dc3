import { canonicalJson, type JsonValue } from '#core/canonical-json.ts';
import {
  createPrivateKeyPem,
  type Signer,
  sealEnvelope,
  sha256,
  signerFromPem,
} from '#runtime/signing.ts';
import type { Envelope } from '#schemas/envelope.ts';
import { GENESIS_HASH, type RecordBody } from '#schemas/records/log-record.ts';

/** A fresh key that can sign. */
export const newSigner = (): Signer => {
  const signer = signerFromPem(createPrivateKeyPem());
  if (signer === undefined) throw new Error('no key');
  return signer;
};

/** What a record holds besides what follows from its place in the log. */
export interface Line {
  readonly body: RecordBody;
  readonly boot: string;
  readonly posMs: number;
}

/** A log that a speaker could have written, each record chained to the one before and signed. */
export interface SignedLog {
  /** The next record; `changed` overwrites members of its payload before it is signed. */
  append(line: Line, changed?: Readonly<Record<string, JsonValue>>): Envelope;
  /** Everything appended so far. */
  readonly envelopes: readonly Envelope[];
  head(): { readonly seq: number; readonly hash: string };
}

export interface SignedLogOptions {
  readonly site: string;
  readonly speaker: string;
  readonly signer: Signer;
  /** Where the log goes on; from its beginning when left out. */
  readonly from?: { readonly seq: number; readonly hash: string };
}

export const createSignedLog = (options: SignedLogOptions): SignedLog => {
  const { site, speaker, signer } = options;
  const envelopes: Envelope[] = [];
  let head = options.from ?? { seq: 0, hash: GENESIS_HASH };
  return {
    envelopes,
    head: () => head,
    append: ({ body, boot, posMs }, changed = {}) => {
      const record = {
        v: 1,
        site,
        speaker,
        seq: head.seq + 1,
        prev: head.hash,
        boot,
        posMs,
        clock: { source: 'none', offsetMs: null, uncertaintyMs: null },
        ...body,
        ...changed,
      };
      const payload = Buffer.from(canonicalJson(record as JsonValue), 'utf8');
      head = { seq: head.seq + 1, hash: sha256(payload) };
      const envelope = sealEnvelope(signer, 'record', payload);
      envelopes.push(envelope);
      return envelope;
    },
  };
};

/** A heartbeat with no session open. */
export const heartbeat: RecordBody = { kind: 'heartbeat', openSession: null };
