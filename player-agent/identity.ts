import { join } from 'node:path';
import { isKnownZone } from '#runtime/day-table.ts';
import { createPrivateKeyPem, type Signer, signerFromPem } from '#runtime/signing.ts';
import { type EnrolmentGrant, enrolmentGrantSchema } from '#schemas/enrolment.ts';
import type { Problem } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { parseJson } from './log/record-line.ts';
import type { Disk, DiskFull } from './ports/disk.ts';

/** Who this speaker is: what the server granted, and the key that never leaves the box. */
export interface Identity {
  readonly grant: EnrolmentGrant;
  readonly signer: Signer;
}

/** Where the grant lies in the agent's folder; it is there when the speaker is enrolled. */
export const grantPath = (folder: string): string => join(folder, 'identity', 'grant.json');

/** Where the private key lies in the agent's folder. */
const keyPath = (folder: string): string => join(folder, 'identity', 'key.pem');

/** The identity on disk. Errors: notEnrolled, fileUnreadable (the grant), zoneUnknown, keyUnreadable. */
export const readIdentity = async (
  disk: Disk,
  folder: string,
): Promise<Result<Identity, Problem>> => {
  const path = grantPath(folder);
  const bytes = await disk.read(path);
  if (bytes === undefined) return refuse({ code: 'notEnrolled', path });
  const grant = enrolmentGrantSchema.safeParse(parseJson(bytes));
  if (!grant.success) return refuse({ code: 'fileUnreadable', path });
  const { zone } = grant.data;
  if (!isKnownZone(zone)) return refuse({ code: 'zoneUnknown', zone });
  const signer = await readSigner(disk, folder);
  return signer === undefined
    ? refuse({ code: 'keyUnreadable', path: keyPath(folder) })
    : ok({ grant: grant.data, signer });
};

const readSigner = async (disk: Disk, folder: string): Promise<Signer | undefined> => {
  const pem = await disk.read(keyPath(folder));
  return pem === undefined ? undefined : signerFromPem(Buffer.from(pem).toString('utf8'));
};

/** The box's own key, made at the first try to enrol and used again at the next. Errors: diskFull. */
export const ensureSigner = async (
  disk: Disk,
  folder: string,
): Promise<Result<Signer, DiskFull>> => {
  const known = await readSigner(disk, folder);
  if (known !== undefined) return ok(known);
  const pem = createPrivateKeyPem();
  const written = await disk.write(keyPath(folder), pem);
  if (!written.ok) return written;
  const signer = signerFromPem(pem);
  if (signer === undefined) throw new Error('a fresh key cannot be read');
  return ok(signer);
};
