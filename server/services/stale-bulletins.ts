import { missingNumbers, placeholdersIn, type ReadNumbers } from '#core/speech/hotlines.ts';
import type { Bulletin, BulletinState } from '#schemas/entities/bulletin.ts';
import type { Priority } from '#schemas/primitives.ts';
import type { SpeechManner } from '#schemas/speech.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { readScriptNumbers } from './script-numbers.ts';

/** A bulletin that is read out by a voice. */
export type Spoken = Bulletin & { readonly script: string; readonly manner: SpeechManner };

/** What a bulletin says, and what it should: by placeholder, null where there is no number. */
export interface BulletinNumbers {
  readonly bulletin: Spoken;
  readonly says: Readonly<Record<string, string>>;
  readonly inForce: ReadNumbers;
  /** What the version on the air says; undefined when none is. */
  readonly heard: Readonly<Record<string, string>> | undefined;
  /** It is to be spoken anew: every number is there, and it says another one. */
  readonly isStale: boolean;
}

const waiting: ReadonlySet<BulletinState> = new Set(['draft', 'submitted']);
const declined: ReadonlySet<BulletinState> = new Set(['rejected', 'withdrawn']);
const urgency: Readonly<Record<Priority, number>> = { emergency: 0, priority: 1, normal: 2 };

const isSpoken = (bulletin: Bulletin): bulletin is Spoken =>
  bulletin.script !== null &&
  bulletin.manner !== null &&
  placeholdersIn(bulletin.script).length > 0;

/**
 * Of the versions of one bulletin, the newest first, the one that goes on: what waits, else what is
 * on the air, else what was taken off the air to be spoken anew. None that has expired.
 */
const goingOn = (versions: readonly Bulletin[], nowMs: number): Bulletin | undefined => {
  const lasting = versions.filter(({ expiresMs }) => expiresMs > nowMs);
  const lastOnAir = versions.find(({ releasedMs }) => releasedMs !== null);
  const isGivenUp = versions[0]?.state === 'withdrawn';
  return (
    lasting.find(({ state }) => waiting.has(state)) ??
    lasting.find(({ state }) => state === 'released') ??
    lasting.find((each) => each === lastOnAir && each.state === 'replaced' && !isGivenUp)
  );
};

const saysAll = (says: Readonly<Record<string, string>> | undefined, numbers: ReadNumbers) =>
  [...numbers].every(([key, number]) => says?.[key] === number);

const byUrgency = (a: BulletinNumbers, b: BulletinNumbers): number =>
  urgency[a.bulletin.priority] - urgency[b.bulletin.priority] ||
  Number(b.bulletin.releasedMs !== null) - Number(a.bulletin.releasedMs !== null) ||
  a.bulletin.createdMs - b.bulletin.createdMs;

/**
 * The bulletins whose scripts ask for telephone numbers, each in the version that goes on, the most
 * urgent first and of equals what is on the air; none that has expired. What somebody has declined to
 * put on the air with the numbers in force is not stale again. Source: issue 6, 5.
 */
export const readBulletinNumbers = async (
  ports: Pick<ServerPorts, 'store' | 'clock'>,
): Promise<readonly BulletinNumbers[]> => {
  const nowMs = ports.clock.wallMs();
  const bulletins = await ports.store.bulletins();
  const spoken = bulletins.filter(isSpoken).map(({ id }) => id);
  if (spoken.length === 0) return [];
  const said = await ports.store.saidNumbers(spoken);
  const saysById = new Map(said.map((each) => [each.bulletin, each.numbers]));
  const numbersOf = await readScriptNumbers(ports);
  const found: BulletinNumbers[] = [];
  for (const versions of Map.groupBy(bulletins, ({ first }) => first).values()) {
    const newestFirst = versions.toSorted((a, b) => b.version - a.version);
    const bulletin = goingOn(newestFirst, nowMs);
    if (bulletin === undefined || !isSpoken(bulletin)) continue;
    const inForce = numbersOf(bulletin);
    const says = saysById.get(bulletin.id) ?? {};
    const wasDeclined = newestFirst
      .slice(0, 1)
      .some(({ state, id }) => declined.has(state) && saysAll(saysById.get(id), inForce));
    const isStale = !wasDeclined && missingNumbers(inForce).length === 0 && !saysAll(says, inForce);
    const onAir = versions.find(
      ({ state, expiresMs }) => state === 'released' && expiresMs > nowMs,
    );
    const heard = onAir && (saysById.get(onAir.id) ?? {});
    found.push({ bulletin, says, inForce, heard, isStale });
  }
  return found.toSorted(byUrgency);
};
