import { createPrivateKeyPem, signerFromPem } from '#runtime/signing.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { SiteKeys } from '../ports/keys.ts';
import { readOrMakeSecret, type SecretFileProblem } from './secret-file.ts';

/**
 * The site's Ed25519 key from its file, made at the first start. Errors: keyUnreadable (the file is
 * there and no such key; it is not replaced, for every speaker trusts the old one),
 * folderNotWritable, diskFull.
 */
export const openSiteKeys = async (path: string): Promise<Result<SiteKeys, SecretFileProblem>> => {
  const pem = await readOrMakeSecret(path, createPrivateKeyPem);
  if (!pem.ok) return pem;
  const signer = signerFromPem(pem.value);
  return signer === undefined ? refuse({ code: 'keyUnreadable', path }) : ok({ signer });
};
