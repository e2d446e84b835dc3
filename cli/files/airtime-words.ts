import { checkPlaylistsFile, checkUnitsFile } from '#core/airtime/check-files.ts';
import { toPlannedDays } from '#core/airtime/planned-days.ts';
import type { PlannedDay } from '#core/airtime/reconcile.ts';
import { canonicalJson } from '#core/canonical-json.ts';
import { isKnownZone, isoToInstant, localDayAt } from '#runtime/day-table.ts';
import { byteCodec, sha256 } from '#runtime/signing.ts';
import {
  playlistsFileSchema,
  type UnitsFile,
  unitsFileSchema,
} from '#schemas/files/judged-files.ts';
import type { Playlist } from '#schemas/playlist.ts';
import { askedDaySchema } from '#schemas/primitives.ts';
import type { FileDesk } from './file-desk.ts';

/** What `judge` and `reconcile` are both told. */
export interface LogWords {
  readonly units: string;
  readonly log: string;
  readonly at: string;
  readonly unsigned?: boolean;
}

/** The instant of `--at` in epoch milliseconds; a mistake is noted. */
export const readInstant = (desk: FileDesk, at: string): number | undefined => {
  const instantMs = isoToInstant(at);
  if (instantMs === undefined) desk.note('--at', [{ path: '', issue: 'noInstant' }]);
  else if (!askedDaySchema.safeParse(localDayAt(instantMs, 'UTC')).success) {
    desk.note('--at', [{ path: '', issue: 'outOfRange' }]);
  }
  return instantMs;
};

/** The file of `--units`, checked. */
export const readUnits = async (
  desk: FileDesk,
  { units: path, unsigned }: LogWords,
): Promise<UnitsFile | undefined> => {
  const units = await desk.read(path, unitsFileSchema);
  if (units === undefined) return undefined;
  desk.note(path, checkUnitsFile(units, unsigned !== true));
  if (!isKnownZone(units.zone)) desk.note(path, [{ path: 'zone', issue: 'zoneUnknown' }]);
  return units;
};

/** What each speaker was to play, from the file of `--playlists`; no file, no playlists. */
export const readPlaylists = async (
  desk: FileDesk,
  path: string | undefined,
  units: UnitsFile | undefined,
): Promise<ReadonlyMap<string, readonly PlannedDay[]>> => {
  const file = path === undefined ? undefined : await desk.read(path, playlistsFileSchema);
  if (path === undefined || file === undefined) return new Map();
  const { bySpeaker, issues } = toPlannedDays(file, nameOf);
  desk.note(path, issues);
  if (units !== undefined) desk.note(path, checkPlaylistsFile(file, units));
  return bySpeaker;
};

const nameOf = (playlist: Playlist): string =>
  sha256(byteCodec.textToBytes(canonicalJson(playlist)));
