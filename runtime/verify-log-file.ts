import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { emptyLog, followLog, type LogFinding, type LogSummary } from '#core/verify-log.ts';
import { publicKeySchema } from '#schemas/envelope.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { logTools } from './open-record.ts';
import { isUnreadable } from './unreadable.ts';

/**
 * Checks a log file against the speaker's public key (base64), line by line in bounded memory: a
 * summary, or the first line that was altered, taken out, put in twice or reordered.
 * Errors (line 0): keyUnreadable, fileUnreadable; else those of `followLog`.
 */
export const verifyLogFile = async (
  path: string,
  publicKey: string,
): Promise<Result<LogSummary, LogFinding>> => {
  const parsed = publicKeySchema.safeParse(publicKey.trim());
  if (!parsed.success)
    return refuse({ line: 0, problem: { code: 'keyUnreadable', path: '--key' } });
  const tools = logTools(Buffer.from(parsed.data, 'base64'));
  let summary = emptyLog;
  try {
    for await (const line of createInterface({ input: createReadStream(path) })) {
      const next = followLog(summary, line, tools);
      if (!next.ok) return next;
      summary = next.value;
    }
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return refuse({ line: 0, problem: { code: 'fileUnreadable', path } });
  }
  return ok(summary);
};
