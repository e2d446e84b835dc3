import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { instantToIso } from '#runtime/day-table.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServedCertificate } from '../ports/tls.ts';

/** Where a proper authority's certificate with its chain, and its key, lie as PEM. */
export interface CertificatePaths {
  readonly certPath: string;
  readonly keyPath: string;
}

export type CertificateFilesProblem = ProblemOf<
  | 'fileUnreadable'
  | 'certificateUnreadable'
  | 'certificateNotInForce'
  | 'certificateKeyDiffers'
  | 'keyUnreadable'
>;

/** What `make` gives; undefined where the bytes are not what it takes. */
const parsed = <T>(make: () => T): T | undefined => {
  try {
    return make();
  } catch {
    // Not PEM, not of this kind, or a key under a password: nothing that could be served.
    return undefined;
  }
};

/**
 * The pair as it lies there now. Errors: fileUnreadable, certificateUnreadable, keyUnreadable (also
 * under a password), certificateKeyDiffers, certificateNotInForce (ended, or not begun).
 */
export const readCertificateFiles = async (
  paths: CertificatePaths,
  nowMs: number,
): Promise<Result<ServedCertificate, CertificateFilesProblem>> => {
  const { certPath, keyPath } = paths;
  const textOf = (path: string) => readFile(path, 'utf8').catch(() => undefined);
  const [cert, key] = [await textOf(certPath), await textOf(keyPath)];
  if (cert === undefined) return refuse({ code: 'fileUnreadable', path: certPath });
  if (key === undefined) return refuse({ code: 'fileUnreadable', path: keyPath });
  const certificate = parsed(() => new X509Certificate(cert));
  if (certificate === undefined) return refuse({ code: 'certificateUnreadable', path: certPath });
  const privateKey = parsed(() => createPrivateKey(key));
  if (privateKey === undefined) return refuse({ code: 'keyUnreadable', path: keyPath });
  const problem = faultOf({ certificate, privateKey, nowMs }, paths);
  if (problem !== undefined) return refuse(problem);
  // The chain behind the first certificate, or a key that is too weak to be served.
  return parsed(() => createSecureContext({ cert, key })) === undefined
    ? refuse({ code: 'certificateUnreadable', path: certPath })
    : ok({ cert, key });
};

interface Pair {
  readonly certificate: X509Certificate;
  readonly privateKey: KeyObject;
  readonly nowMs: number;
}

const faultOf = (
  { certificate, privateKey, nowMs }: Pair,
  { certPath: path, keyPath }: CertificatePaths,
): CertificateFilesProblem | undefined => {
  if (!certificate.checkPrivateKey(privateKey)) {
    return { code: 'certificateKeyDiffers', path, keyPath };
  }
  const fromMs = certificate.validFromDate.getTime();
  const untilMs = certificate.validToDate.getTime();
  if (nowMs >= fromMs && nowMs <= untilMs) return undefined;
  const [from, until] = [instantToIso(fromMs, 'UTC'), instantToIso(untilMs, 'UTC')];
  return { code: 'certificateNotInForce', path, from, until };
};
