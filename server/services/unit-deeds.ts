import * as z from 'zod';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { ScriptDeed } from './script-deeds.ts';
import { type PlacedScript, readScriptNumbers } from './script-numbers.ts';

const unitsSchema = z.object({ units: z.array(z.string()) });
const changeSchema = z.object({ before: unitsSchema, after: unitsSchema });

/**
 * Who had a version that stands be meant for other units, where its script says something else: such a
 * change can hold at once, and only the audit knows of it. Source: ADR 0031.
 */
export const readUnitDeeds = async (
  ports: Pick<ServerPorts, 'store' | 'clock'>,
  { id, script }: Pick<PlacedScript, 'script'> & { readonly id: string },
): Promise<readonly ScriptDeed[]> => {
  const numbersOf = await readScriptNumbers(ports);
  const isHeard = ({ before, after }: z.infer<typeof changeSchema>): boolean => {
    const was = numbersOf({ script, units: before.units });
    return [...numbersOf({ script, units: after.units })].some(
      ([key, now]) => was.get(key) !== now,
    );
  };
  const changes = await ports.store.auditOf([id], ['changeBulletin']);
  return changes
    .filter(({ facts }) => {
      const change = changeSchema.safeParse(facts).data;
      return change !== undefined && isHeard(change);
    })
    .map(({ actor, atMs }) => ({ kind: 'units', key: '', by: actor, atMs }));
};
