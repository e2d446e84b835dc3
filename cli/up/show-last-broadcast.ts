import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { envelopeSchema } from '#schemas/envelope.ts';
import { type EndedRecord, logRecordSchema } from '#schemas/records/log-record.ts';
import { printJson, printLine } from '../outcome.ts';
import { problemText, text } from '../text.ts';

/** The public half of the speaker's key, in base64; the private half never leaves its file. */
const readPublicKey = async (folder: string): Promise<string | undefined> => {
  const { signerFromPem } = await import('#runtime/signing.ts');
  const signer = signerFromPem(await readFile(join(folder, 'identity', 'key.pem'), 'utf8'));
  return signer && Buffer.from(signer.publicKey).toString('base64');
};

/** The last record of something that sounded, as it stands in the log's segments. */
const lastBroadcast = async (log: string): Promise<EndedRecord | undefined> => {
  const { findLogFiles } = await import('#runtime/log-files.ts');
  const { segments } = await findLogFiles([log]);
  for (const segment of segments.toReversed()) {
    const last = await lastBroadcastIn(segment);
    if (last !== undefined) return last;
  }
  return undefined;
};

const lastBroadcastIn = async (log: string): Promise<EndedRecord | undefined> => {
  let last: EndedRecord | undefined;
  for await (const line of createInterface({ input: createReadStream(log) })) {
    const { payload } = envelopeSchema.parse(JSON.parse(line));
    const record = logRecordSchema.parse(JSON.parse(Buffer.from(payload, 'base64').toString()));
    if (record.kind === 'ended') last = record;
  }
  return last;
};

/**
 * Shows the record of what sounded last, and that the log holds: every record signed by the speaker
 * and chained to the one before, read from the file itself, and how anybody can check it again.
 */
export const showLastBroadcast = async (folder: string): Promise<void> => {
  const { verifyLogFile } = await import('#runtime/verify-log-file.ts');
  const log = join(folder, 'log');
  const key = await readPublicKey(folder);
  if (key === undefined) return;
  const verified = await verifyLogFile(log, key);
  if (!verified.ok) return printLine(`  ${problemText(verified.problem.problem)}`);
  printJson(await lastBroadcast(log));
  const { records, broadcasts, head } = verified.value;
  printLine(`  ${text('logHolds', { records, broadcasts, hash: head.hash })}`);
  printLine(`  ${text('logCheckYourself', { log, key })}`);
};
