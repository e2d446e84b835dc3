import * as z from 'zod';
import { byteCodec } from '#runtime/signing.ts';
import {
  type EnrolmentGrant,
  type EnrolmentRequest,
  enrolmentCodeSchema,
  enrolmentGrantSchema,
  enrolmentProofText,
} from '#schemas/enrolment.ts';
import { type Problem, problemFacts } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { findAuthority } from './find-authority.ts';
import { ensureSigner, grantPath } from './identity.ts';
import type { Disk } from './ports/disk.ts';
import { trustAuthority } from './trust-authority.ts';

export interface EnrolOptions {
  /** The server's own address, `https://…`. */
  readonly serverUrl: string;
  /** As it was written down: upper case and dash do not matter. */
  readonly code: string;
  readonly folder: string;
  readonly disk: Disk;
  readonly fetchUrl: typeof fetch;
  /** Who vouches for the server where nobody known does: a file, or a fingerprint. */
  readonly ca?: string | undefined;
}

/**
 * Makes this box the speaker that the code was issued for: the key is made here and stays here, and
 * the grant is on disk when this resolves, with the authority that was given for the server. Errors:
 * speakerAlreadyEnrolled, enrolmentCodeUnknown, enrolmentCodeExpired, serverUnreachable,
 * serverNotTrusted, those of `findAuthority`, diskFull, and whatever else the server refuses with.
 * Source: schemas/enrolment.ts.
 */
export const enrolSpeaker = async (
  options: EnrolOptions,
): Promise<Result<EnrolmentGrant, Problem>> => {
  const { disk, folder } = options;
  if ((await disk.read(grantPath(folder))) !== undefined) {
    return refuse({ code: 'speakerAlreadyEnrolled' });
  }
  const code = enrolmentCodeSchema.safeParse(options.code);
  if (!code.success) return refuse({ code: 'enrolmentCodeUnknown' });
  const signer = await ensureSigner(disk, folder);
  if (!signer.ok) return signer;
  const publicKey = Buffer.from(signer.value.publicKey).toString('base64');
  const message = byteCodec.textToBytes(enrolmentProofText(code.data, publicKey));
  const proof = Buffer.from(signer.value.sign(message)).toString('base64');
  const granted = await askTrusting(options, { code: code.data, publicKey, proof });
  if (!granted.ok) return granted;
  const written = await disk.write(grantPath(folder), JSON.stringify(granted.value));
  return written.ok ? granted : written;
};

const askTrusting = async (
  options: EnrolOptions,
  request: EnrolmentRequest,
): Promise<Result<EnrolmentGrant, Problem>> => {
  const { ca } = options;
  if (ca === undefined) return askServer(options, request);
  const authority = await findAuthority({ ...options, ca });
  if (!authority.ok) return authority;
  trustAuthority(authority.value);
  const granted = await askServer(options, request);
  return granted.ok ? ok({ authority: authority.value, ...granted.value }) : granted;
};

const askServer = async (
  { serverUrl, fetchUrl }: EnrolOptions,
  request: EnrolmentRequest,
): Promise<Result<EnrolmentGrant, Problem>> => {
  const unreachable = { code: 'serverUnreachable', url: serverUrl } as const;
  try {
    const response = await fetchUrl(`${serverUrl.replace(/\/+$/, '')}/api/enrol`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    const body: unknown = await response.json();
    const grant = enrolmentGrantSchema.safeParse(body);
    if (response.ok && grant.success) return ok(grant.data);
    return refuse(bodyToProblem(body) ?? unreachable);
  } catch (error) {
    const detail = distrustOf(error);
    // Else no answer, or one that is not ours: the address is wrong or the network is down.
    return refuse(
      detail === undefined ? unreachable : { code: 'serverNotTrusted', url: serverUrl, detail },
    );
  }
};

/** OpenSSL's word when the connection stood and its certificate was not taken. */
const distrustOf = (error: unknown): string | undefined => {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /CERT|ISSUER|VERIFY/.test(code) ? code : undefined;
};

const codedSchema = z.looseObject({ code: z.enum(Object.keys(problemFacts) as Problem['code'][]) });
const refusalSchema = z.union([codedSchema, z.object({ problem: codedSchema })]);

/** The problem that the server answered with; undefined when it is none of ours. */
const bodyToProblem = (body: unknown): Problem | undefined => {
  const refusal = refusalSchema.safeParse(body).data;
  if (refusal === undefined) return undefined;
  const coded = 'code' in refusal ? codedSchema.parse(refusal) : refusal.problem;
  const facts = problemFacts[coded.code].safeParse(coded);
  // The facts were checked against the schema of this very code.
  return facts.success ? ({ ...facts.data, code: coded.code } as Problem) : undefined;
};
