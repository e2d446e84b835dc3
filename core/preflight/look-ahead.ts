import type { ClipReference, Playlist } from '#schemas/playlist.ts';
import { MAX_NAMED_CLIPS, type Preflight } from '#schemas/preflight.ts';
import type { LocalDay, Sha256 } from '#schemas/primitives.ts';

/** What a speaker has, and the days that it looks ahead to, ascending. */
export interface LookAheadInput {
  readonly days: readonly LocalDay[];
  /** Which playlist the pointer names for which day. */
  readonly playlists: Readonly<Record<LocalDay, Sha256>>;
  readonly documents: ReadonlyMap<Sha256, Playlist>;
  readonly hasClip: (sha256: Sha256) => boolean;
}

export type LookAhead = Pick<
  Preflight,
  'unplannedDays' | 'missingPlaylists' | 'missingClips' | 'missingClipCount' | 'missingClipBytes'
>;

/**
 * What is missing for these days; each missing clip once, under the first day that needs it, the
 * earliest first. Source: issue 5, 4.
 */
export const lookAhead = (input: LookAheadInput): LookAhead => {
  const { days, playlists, documents, hasClip } = input;
  const hashOf = (day: LocalDay): Sha256 | undefined => playlists[day];
  const documentOf = (day: LocalDay) => documents.get(hashOf(day) ?? '');
  const missing = new Map<Sha256, Preflight['missingClips'][number]>();
  for (const day of days) {
    for (const { sha256, bytes } of clipsOf(documentOf(day))) {
      if (!hasClip(sha256) && !missing.has(sha256)) missing.set(sha256, { sha256, bytes, day });
    }
  }
  const clips = [...missing.values()];
  return {
    unplannedDays: days.filter((day) => hashOf(day) === undefined),
    missingPlaylists: days.filter(
      (day) => hashOf(day) !== undefined && documentOf(day) === undefined,
    ),
    missingClips: clips.slice(0, MAX_NAMED_CLIPS),
    missingClipCount: clips.length,
    missingClipBytes: clips.reduce((sum, { bytes }) => sum + bytes, 0),
  };
};

/** The clips of a playlist in the order in which they sound, as often as they do; of none: none. */
export const clipsOf = (playlist: Playlist | undefined): readonly ClipReference[] =>
  (playlist?.sessions ?? []).flatMap(({ slots }) => slots.flatMap(({ clip }) => clip ?? []));
