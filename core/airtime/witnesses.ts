import { type LogLine, wallMsOf } from './dating.ts';

/** The lines of a boot that prove that time passed, in the order of the log, with one entry each. */
export interface BootWitnesses {
  readonly witnesses: readonly LogLine[];
  /** Epoch milliseconds. */
  readonly wallMs: Float64Array;
  /** How many missing stretches of the boot lie before it. */
  readonly holes: Int32Array;
  /** How many missing stretches the boot has in all. */
  readonly holesInAll: number;
}

/** The same of a whole log. */
export interface Witnesses extends Omit<BootWitnesses, 'holesInAll'> {
  /** The latest wall time up to it, and the earliest from it on: anchors may have moved back. */
  readonly latestUpToMs: Float64Array;
  readonly earliestFromMs: Float64Array;
}

/** The witnesses among the lines of a boot. */
export const witnessesAmong = (lines: readonly LogLine[]): BootWitnesses => {
  const witnesses = lines.filter(({ witness }) => witness);
  const wallMs = new Float64Array(witnesses.length);
  const holes = new Int32Array(witnesses.length);
  let holesInAll = 0;
  let at = 0;
  for (const line of lines) {
    if (line.holeBefore) holesInAll += 1;
    if (!line.witness) continue;
    wallMs[at] = wallMsOf(line) ?? Number.NaN;
    holes[at] = holesInAll;
    at += 1;
  }
  return { witnesses, wallMs, holes, holesInAll };
};

/** The witnesses of a log's boots, one boot after the other. */
export const joinWitnesses = (boots: readonly BootWitnesses[]): Witnesses => {
  const witnesses = boots.flatMap((boot) => boot.witnesses);
  const wallMs = new Float64Array(witnesses.length);
  const holes = new Int32Array(witnesses.length);
  let holesBefore = 0;
  let at = 0;
  for (const boot of boots) {
    wallMs.set(boot.wallMs, at);
    for (let index = 0; index < boot.holes.length; index += 1) {
      holes[at + index] = holesBefore + (boot.holes[index] ?? 0);
    }
    holesBefore += boot.holesInAll;
    at += boot.wallMs.length;
  }
  return { witnesses, wallMs, holes, ...extremesOf(wallMs) };
};

const extremesOf = (wallMs: Float64Array): Pick<Witnesses, 'latestUpToMs' | 'earliestFromMs'> => {
  const latestUpToMs = new Float64Array(wallMs.length);
  let latest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < wallMs.length; index += 1) {
    latest = Math.max(latest, wallMs[index] ?? latest);
    latestUpToMs[index] = latest;
  }
  const earliestFromMs = new Float64Array(wallMs.length);
  let earliest = Number.POSITIVE_INFINITY;
  for (let index = wallMs.length - 1; index >= 0; index -= 1) {
    earliest = Math.min(earliest, wallMs[index] ?? earliest);
    earliestFromMs[index] = earliest;
  }
  return { latestUpToMs, earliestFromMs };
};
