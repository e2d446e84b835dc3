import type { BulletinDescription } from '#schemas/requests/bulletin.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { type NumberMissing, readScriptNumbers, refuseMissing } from './script-numbers.ts';

/**
 * The words that a recording brings with it, the empty text for none; null where nothing is said of
 * them. Approvers release what inspectors and villages read. Errors: numberMissing and unitNameMissing (a placeholder in them, where
 * it goes to the approver at once).
 */
export const attachedWords = async (
  ports: Pick<ServerPorts, 'store' | 'clock'>,
  { script, units, submit }: Pick<BulletinDescription, 'script' | 'units' | 'submit'>,
): Promise<Result<string | null, NumberMissing>> => {
  if (script === undefined || script === '') return ok(script ?? null);
  const numbers = submit ? (await readScriptNumbers(ports))({ script, units }) : new Map();
  const missing = refuseMissing(numbers);
  return missing === undefined ? ok(script) : refuse(missing);
};
