import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The DER header of an Ed25519 public key. Source: RFC 8410, 4. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

const run = (args: readonly string[]): { status: number | null; stdout: string } => {
  const { status, stdout, error } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { status, stdout };
};

/** SHA-256 of the bytes as the `openssl` command sees it; `folder` takes its input file. */
export const opensslSha256 = (folder: string, bytes: Uint8Array): string => {
  const path = join(folder, 'hashed');
  writeFileSync(path, bytes);
  return run(['dgst', '-sha256', '-r', path]).stdout.slice(0, 64);
};

/** Whether the `openssl` command calls an Ed25519 signature good; `folder` takes its input files. */
export const opensslVerifies = (
  folder: string,
  signed: { publicKey: Uint8Array; message: Uint8Array; signature: Uint8Array },
): boolean => {
  const [key, message, signature] = ['key.der', 'message', 'signature'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  writeFileSync(key, Buffer.concat([SPKI_PREFIX, signed.publicKey]));
  writeFileSync(message, signed.message);
  writeFileSync(signature, signed.signature);
  const keyArgs = ['-pubin', '-inkey', key, '-keyform', 'DER'];
  const fileArgs = ['-rawin', '-in', message, '-sigfile', signature];
  return run(['pkeyutl', '-verify', ...keyArgs, ...fileArgs]).status === 0;
};
