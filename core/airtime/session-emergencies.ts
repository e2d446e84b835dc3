import type { Interval } from '#schemas/primitives.ts';
import type { BootLog } from './boot-log.ts';
import { createIntervalIndex, type IntervalIndex, overlapping } from './interval-index.ts';
import type { Sound } from './sounds.ts';

/** The emergencies that could lie in a gap between some sounds, in the order of the log. */
export type EmergencyLookup = (sounds: readonly Sound[]) => readonly Sound[];

interface PlacedSound extends Interval {
  readonly sound: Sound;
}

const none: readonly Sound[] = [];

/**
 * Finds the real emergencies between the first and the last of some sounds: within a boot by position,
 * and of sounds of several boots also by wall time. Source: AIRTIME.md, 3 (what ends no run).
 */
export const emergencyLookup = (boots: readonly BootLog[]): EmergencyLookup => {
  const all = boots.flatMap(({ emergencies }) => emergencies);
  if (all.length === 0) return () => none;
  const byBoot = new Map(
    [...Map.groupBy(all, ({ boot }) => boot)].map(([boot, urgent]) => [
      boot,
      createIntervalIndex(urgent.map((sound) => placed(sound, 0))),
    ]),
  );
  const byWall = createIntervalIndex(all.map((sound) => placed(sound, sound.offsetMs ?? 0)));
  return (sounds) => {
    const ofBoots = [...Map.groupBy(sounds.filter(isHeard), ({ boot }) => boot)];
    const found = ofBoots.flatMap(([boot, own]) => within(byBoot.get(boot), own, () => 0));
    if (ofBoots.length > 1) {
      found.push(...within(byWall, sounds.filter(isHeard), ({ offsetMs }) => offsetMs ?? 0));
    }
    if (found.length === 0) return none;
    return [...new Set(found)].sort((a, b) => a.record.seq - b.record.seq);
  };
};

const isHeard = ({ audible, offsetMs }: Sound): boolean => audible.length > 0 && offsetMs !== null;

const placed = (sound: Sound, offsetMs: number): PlacedSound => ({
  fromMs: sound.record.played.fromMs + offsetMs,
  toMs: sound.record.played.toMs + offsetMs,
  sound,
});

const within = (
  index: IntervalIndex<PlacedSound> | undefined,
  sounds: readonly Sound[],
  offsetOf: (sound: Sound) => number,
): Sound[] => {
  if (index === undefined) return [];
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  for (const sound of sounds) {
    fromMs = Math.min(fromMs, (sound.audible[0]?.fromMs ?? 0) + offsetOf(sound));
    toMs = Math.max(toMs, (sound.audible.at(-1)?.toMs ?? 0) + offsetOf(sound));
  }
  return overlapping(index, { fromMs, toMs }).map(({ sound }) => sound);
};
