import type { Playlist } from '#schemas/playlist.ts';
import type { PlanInput } from './plan-input.ts';

/** What of the playlist of the evening before still sounds after midnight. */
export const reachingOver = (last: Playlist | null, midnightMs: number): PlanInput['occupied'] =>
  (last?.sessions ?? []).flatMap(({ startMs, slots }) => {
    const end = slots.at(-1);
    if (startMs === null || end === undefined) return [];
    const toMs = startMs + end.offsetMs + end.durationMs;
    return toMs > midnightMs ? [{ fromMs: midnightMs, toMs }] : [];
  });
