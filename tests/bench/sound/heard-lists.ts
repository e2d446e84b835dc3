import { basename } from 'node:path';
import { heardClips } from '../../support/heard.ts';
import type { Recorded } from '../../support/sink-recording.ts';

/** A sound this far from where a list should begin belongs to another one. */
const REACH_MS = 900;

/** What was heard this near to a list that was not heard whole is told. */
const NEAR_MS = 3_000;

/** One list of clips as it was recorded; instants of the machine's monotonic clock. */
export interface HeardList {
  readonly startMs: number;
  /** Between the end of each clip and the beginning of the next; negative where they overlap. */
  readonly gapsMs: readonly number[];
  readonly lengthMs: number;
}

/** The lists of the recording: each begins with the first of the clips, and has all of them. */
export const heardLists = async (
  recorded: Recorded,
  clips: readonly string[],
  clipMs: number,
): Promise<(wantedMs: number) => HeardList | null> => {
  const paths = Object.fromEntries(clips.map((path, index) => [`${index}`, path]));
  const heard = (await heardClips(recorded, paths)).map(({ clip, fromMs, toMs, clipFromMs }) => ({
    clip: Number(clip),
    fromMs: recorded.monoMsAt(fromMs - clipFromMs),
    lengthMs: toMs - fromMs,
  }));
  return (wantedMs) => {
    const first = heard.findIndex(
      ({ clip, fromMs }) => clip === 0 && Math.abs(fromMs - wantedMs) < REACH_MS,
    );
    const list = heard.slice(first, first + clips.length);
    const isWhole = first >= 0 && list.every(({ clip }, index) => clip === index);
    if (!isWhole || list.length < clips.length) {
      const near = heard.filter(({ fromMs }) => Math.abs(fromMs - wantedMs) < NEAR_MS);
      const found = near.map((each) => ({ ...each, fromMs: each.fromMs - wantedMs }));
      const told = { notHeardWhole: basename(recorded.path), wantedMs, found };
      process.stderr.write(`${JSON.stringify(told)}\n`);
      return null;
    }
    const lengthMs = list.reduce((sum, each) => sum + each.lengthMs, 0);
    const gapsMs = list
      .slice(1)
      .map(({ fromMs }, index) => fromMs - (list[index]?.fromMs ?? 0) - clipMs);
    return { startMs: list[0]?.fromMs ?? 0, gapsMs, lengthMs };
  };
};
