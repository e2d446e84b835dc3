import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * Lets this process trust the certificate authority (PEM) beside those of the machine, for every
 * connection that is opened from now on. Trusting one again changes nothing.
 */
export const trustAuthority = (certificatePem: string): void =>
  setDefaultCACertificates([...getCACertificates('default'), certificatePem]);
