import type { Envelope, Purpose } from '#schemas/envelope.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { type EnvelopeProblem, openEnvelope } from './envelope.ts';
import { type LogTools, parseJson } from './open-record.ts';

/** What a speaker can state about its log besides its records, and how to read it. */
export interface StatementForm<T> {
  readonly purpose: Purpose;
  /** The name of its contract. */
  readonly contract: string;
  readonly schema: {
    safeParse(value: unknown):
      | { readonly success: true; readonly data: T }
      | {
          readonly success: false;
          readonly error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] };
        };
  };
}

/**
 * What the holder of the key signed for this purpose. Errors: envelopeInvalid, keyUnknown,
 * purposeWrong, signatureWrong; payloadInvalid (signed, but not of this form). Source: DESIGN.md,
 * contracts.
 */
export const openStatement = <T>(
  envelope: Envelope,
  { purpose, contract, schema }: StatementForm<T>,
  { keyId, publicKey, codec, verify, bytesToText }: LogTools,
): Result<T, EnvelopeProblem | ProblemOf<'payloadInvalid'>> => {
  const keys = [{ keyId, publicKey, purposes: [purpose] }];
  const opened = openEnvelope({ envelope, purpose, keys, codec, verify });
  if (!opened.ok) return opened;
  const parsed = schema.safeParse(parseJson(bytesToText(opened.value)));
  if (parsed.success) return ok(parsed.data);
  const detail = parsed.error.issues[0]?.path.join('.') ?? '';
  return refuse({ code: 'payloadInvalid', contract, detail });
};
