import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printLine } from '../outcome.ts';
import { problemText, text } from '../text.ts';

/** Where the speaker keeps its key and its log, below its folder. */
const LOG_FOLDER = 'log';

/** The public half of the speaker's key, in base64; it never leaves this function's process. */
const readPublicKey = async (folder: string): Promise<string | undefined> => {
  const { signerFromPem } = await import('#runtime/signing.ts');
  const signer = signerFromPem(await readFile(join(folder, 'identity', 'key.pem'), 'utf8'));
  return signer && Buffer.from(signer.publicKey).toString('base64');
};

/**
 * Shows that the speaker's log holds: every record signed by the speaker and chained to the one
 * before, checked from the file itself, and how anybody can check it again.
 */
export const checkLog = async (folder: string): Promise<void> => {
  const { verifyLogFile } = await import('#runtime/verify-log-file.ts');
  const key = await readPublicKey(folder);
  const names = await readdir(join(folder, LOG_FOLDER));
  const name = names.find((each) => each.endsWith('.ndjson'));
  if (key === undefined || name === undefined) return;
  const log = join(folder, LOG_FOLDER, name);
  const verified = await verifyLogFile(log, key);
  if (!verified.ok) return printLine(`  ${problemText(verified.problem.problem)}`);
  const { records, broadcasts, head } = verified.value;
  printLine(`  ${text('logHolds', { records, broadcasts, hash: head.hash })}`);
  printLine(`  ${text('logCheckYourself', { log, key })}`);
};
