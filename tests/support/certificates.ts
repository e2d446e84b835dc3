import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock, systemEntropy } from '#runtime/clock.ts';
import { issueLeaf, type KeyedCertificate, makeAuthority } from '#server/tls/certificate.ts';
import type { PrivateNames } from '#server/tls/private-names.ts';

const DAY_MS = 86_400_000;
const here: PrivateNames = { addresses: [], hostnames: ['localhost'] };

/** A certificate and its key as files, and who vouches for it. */
export interface CertificateFiles {
  readonly certPath: string;
  readonly keyPath: string;
  readonly caPath: string;
  readonly ca: string;
  /** Puts another certificate of the same authority, with a key of its own, in their place. */
  renew(): Promise<void>;
}

export interface CertificateWishes {
  /** How many days ago the certificate was made; it lives ninety. */
  readonly madeDaysAgo?: number;
  readonly names?: PrivateNames;
}

/** A certificate for `localhost` and 127.0.0.1 unless wished otherwise, of an authority of its own. */
export const writeCertificate = async (
  folder: string,
  { madeDaysAgo = 0, names = here }: CertificateWishes = {},
): Promise<CertificateFiles> => {
  await mkdir(folder, { recursive: true });
  const [certPath, keyPath] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const caPath = join(folder, 'ca.pem');
  const making = { nowMs: systemClock().wallMs() - madeDaysAgo * DAY_MS, entropy: systemEntropy };
  const authority: KeyedCertificate = await makeAuthority('Cơ quan chứng thực', making);
  await writeFile(caPath, authority.cert);
  const renew = async (): Promise<void> => {
    const { cert, key } = await issueLeaf(authority, names, making);
    await writeFile(keyPath, key);
    await writeFile(certPath, cert);
  };
  await renew();
  return { certPath, keyPath, caPath, ca: authority.cert, renew };
};
