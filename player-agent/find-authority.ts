import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AUTHORITY_PATH } from '#schemas/enrolment.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';

/** A certificate is a few kilobytes. */
const MAX_CERTIFICATE_BYTES = 16_384;
const FINGERPRINT = /^(?:[0-9a-f]{2}:?){31}[0-9a-f]{2}$/i;

/** Whether the text is a SHA-256 fingerprint, with or without its colons, and no file. */
export const isFingerprint = (text: string): boolean => FINGERPRINT.test(text);

export interface AuthorityOptions {
  readonly serverUrl: string;
  /** The file of its certificate (PEM or DER), or its fingerprint as the server's screen shows it. */
  readonly ca: string;
  readonly fetchUrl: typeof fetch;
}

export type AuthorityProblem = ProblemOf<
  | 'fileUnreadable'
  | 'certificateUnreadable'
  | 'serverUnreachable'
  | 'authorityNotShown'
  | 'fingerprintDiffers'
>;

/**
 * The certificate (PEM) of the authority that vouches for the server: from its file, or, with a
 * fingerprint, from the server itself in plain HTTP, and taken only when it has that fingerprint.
 * Errors: fileUnreadable, certificateUnreadable, serverUnreachable, authorityNotShown,
 * fingerprintDiffers. Source: docs/adr/0010-a-site-certificate-authority.md.
 */
export const findAuthority = (
  options: AuthorityOptions,
): Promise<Result<string, AuthorityProblem>> =>
  isFingerprint(options.ca) ? fromServer(options) : fromFile(options.ca);

const toCertificate = (bytes: Uint8Array): X509Certificate | undefined => {
  try {
    return new X509Certificate(bytes);
  } catch {
    // Neither PEM nor DER.
    return undefined;
  }
};

const fromFile = async (path: string): Promise<Result<string, AuthorityProblem>> => {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return refuse({ code: 'fileUnreadable', path });
  const certificate = toCertificate(bytes);
  return certificate === undefined
    ? refuse({ code: 'certificateUnreadable', path })
    : ok(certificate.toString());
};

const fromServer = async ({
  serverUrl,
  ca,
  fetchUrl,
}: AuthorityOptions): Promise<Result<string, AuthorityProblem>> => {
  const url = new URL(AUTHORITY_PATH, serverUrl);
  url.protocol = 'http:';
  const answer = await fetchUrl(url, { redirect: 'manual' }).catch(() => undefined);
  if (answer === undefined) return refuse({ code: 'serverUnreachable', url: serverUrl });
  const bytes = answer.ok ? await readBounded(answer) : undefined;
  const certificate = bytes && toCertificate(bytes);
  if (certificate === undefined) return refuse({ code: 'authorityNotShown', url: serverUrl });
  const { fingerprint256: found } = certificate;
  const expected = ca.replaceAll(':', '').toUpperCase();
  return found.replaceAll(':', '') === expected
    ? ok(certificate.toString())
    : refuse({ code: 'fingerprintDiffers', url: serverUrl, found });
};

/** The body; undefined when it is more than a certificate, or broke off. */
const readBounded = async ({ body }: Response): Promise<Uint8Array | undefined> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body ?? []) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_CERTIFICATE_BYTES) return undefined;
    }
    return Buffer.concat(chunks);
  } catch {
    // The connection broke off.
    return undefined;
  }
};
