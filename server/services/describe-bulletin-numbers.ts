import { missingNumbers } from '#core/speech/hotlines.ts';
import type { BulletinState } from '#schemas/entities/bulletin.ts';
import type { Id } from '#schemas/primitives.ts';
import { UNIT_NAME_KEY } from '#schemas/unit-name-key.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { readBulletinNumbers } from './stale-bulletins.ts';

/** A number that is heard though another one is in force; null: none is. */
export interface OldNumber {
  readonly key: string;
  readonly heard: string;
  readonly inForce: string | null;
}

/** A bulletin that the telephone numbers in force leave something to do for. */
export interface NumberWork {
  readonly bulletin: Id;
  readonly title: string;
  /** Of the version that goes on. */
  readonly state: BulletinState;
  /** That version is being spoken anew. */
  readonly isStale: boolean;
  /** The placeholders that nobody has a number for. */
  readonly missing: readonly string[];
  /** What the version on the air says and should not. */
  readonly old: readonly OldNumber[];
}

/**
 * What changed numbers leave to do, the most urgent first: what is spoken anew, what waits for a
 * number, and what is still heard with the number before.
 */
export const describeBulletinNumbers = async (
  ports: Pick<ServerPorts, 'store' | 'clock'>,
): Promise<readonly NumberWork[]> =>
  (await readBulletinNumbers(ports))
    .map(({ bulletin, inForce, heard, isStale }) => ({
      bulletin: bulletin.id,
      title: bulletin.title,
      state: bulletin.state,
      isStale,
      missing: missingNumbers(inForce).filter((key) => key !== UNIT_NAME_KEY),
      old: Object.entries(heard ?? {})
        .filter(([key, number]) => inForce.get(key) !== number)
        .map(([key, number]) => ({ key, heard: number, inForce: inForce.get(key) ?? null })),
    }))
    .filter(({ isStale, missing, old }) => isStale || missing.length > 0 || old.length > 0);
