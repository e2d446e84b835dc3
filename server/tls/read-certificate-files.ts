import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServedCertificate } from '../ports/tls.ts';

/** Where a proper authority's certificate with its chain, and its key, lie as PEM. */
export interface CertificatePaths {
  readonly certPath: string;
  readonly keyPath: string;
}

const belongTogether = ({ cert, key }: ServedCertificate): boolean => {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    // Not PEM, or a key under a password: no pair that could be served.
    return false;
  }
};

/** The pair as it lies there now. Errors: fileUnreadable (also when the two are no pair). */
export const readCertificateFiles = async ({
  certPath,
  keyPath,
}: CertificatePaths): Promise<Result<ServedCertificate, ProblemOf<'fileUnreadable'>>> => {
  const textOf = (path: string) => readFile(path, 'utf8').catch(() => undefined);
  const [cert, key] = [await textOf(certPath), await textOf(keyPath)];
  if (cert === undefined) return refuse({ code: 'fileUnreadable', path: certPath });
  if (key === undefined || !belongTogether({ cert, key })) {
    return refuse({ code: 'fileUnreadable', path: keyPath });
  }
  return ok({ cert, key });
};
