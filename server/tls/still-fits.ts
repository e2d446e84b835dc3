import { X509Certificate } from 'node:crypto';
import type { PrivateNames } from './private-names.ts';

const DAY_MS = 86_400_000;
/** A certificate that ends sooner is replaced. */
export const RENEW_BEFORE_MS = 30 * DAY_MS;

/** Whether the certificate (PEM) is good for every address, now and for `RENEW_BEFORE_MS` to come. */
export const stillFits = (cert: string, names: PrivateNames, nowMs: number): boolean => {
  const certificate = new X509Certificate(cert);
  return (
    names.addresses.every((address) => certificate.checkIP(address) !== undefined) &&
    certificate.validFromDate.getTime() <= nowMs &&
    certificate.validToDate.getTime() - nowMs >= RENEW_BEFORE_MS
  );
};
