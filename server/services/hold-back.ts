import type { Hotline } from '#schemas/entities/hotline.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { replaceVersion } from './next-version.ts';
import { readScriptNumbers } from './script-numbers.ts';

/** Takes one bulletin off the air for good, if it is still on it. */
export type HeldBack = ReturnType<typeof replaceVersion>;

/**
 * Takes off the air what says another number for the key than would be read with those hotlines; what
 * reads the right one, for its own unit, stays. Source: ADR 0021.
 */
export const holdBack = async (
  ports: Pick<ServerPorts, 'store' | 'clock'>,
  key: string,
  hotlines: readonly Hotline[],
): Promise<readonly HeldBack[]> => {
  const onAir = (await ports.store.bulletins()).filter(({ state }) => state === 'released');
  const said = await ports.store.saidNumbers(onAir.map(({ id }) => id));
  const saidById = new Map(said.map(({ bulletin, numbers }) => [bulletin, numbers[key]]));
  const numbersOf = await readScriptNumbers(ports, hotlines);
  const another = onAir.filter(({ id, script, units }) => {
    const heard = saidById.get(id);
    if (script === null || heard === undefined) return false;
    return heard !== numbersOf({ script, units }).get(key);
  });
  return another.map(replaceVersion);
};
