import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { TrustedAuthority } from '../ports/tls.ts';
import type { KeyedCertificate } from './certificate.ts';

/** Between key and certificate in the authority's one file. */
const CERTIFICATE_START = '-----BEGIN CERTIFICATE-----';

/** The authority as one text: a file that is there is whole. */
export const authorityToText = ({ key, cert }: KeyedCertificate): string =>
  `${key.trim()}\n${cert.trim()}\n`;

/** The authority of a file that lies at `path`. Errors: keyUnreadable. */
export const textToAuthority = (
  text: string,
  path: string,
): Result<KeyedCertificate, ProblemOf<'keyUnreadable'>> => {
  const at = text.indexOf(CERTIFICATE_START);
  try {
    const [key, cert] = [text.slice(0, at), text.slice(at)];
    const isOne = new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
    return isOne ? ok({ key, cert }) : refuse({ code: 'keyUnreadable', path });
  } catch {
    // No key, no certificate, or not PEM: the same to whoever must look after the file.
    return refuse({ code: 'keyUnreadable', path });
  }
};

/** What people see of the authority; its key stays behind. */
export const authorityToTrust = ({ cert }: KeyedCertificate): TrustedAuthority => {
  const certificate = new X509Certificate(cert);
  return {
    name: certificate.subject.replace(/^CN=/, ''),
    certificatePem: cert,
    certificateDer: certificate.raw,
    fingerprint: certificate.fingerprint256,
  };
};
