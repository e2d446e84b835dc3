import type { PlaylistsFile } from '#schemas/files/judged-files.ts';
import type { Playlist } from '#schemas/playlist.ts';
import type { Id, Sha256 } from '#schemas/primitives.ts';
import { sessionIdToStartMs } from '#schemas/read-session-id.ts';
import type { SessionId } from '#schemas/session.ts';
import type { FileIssue } from './check-files.ts';
import type { PlannedDay } from './reconcile.ts';

/** The playlists of each speaker by day, ascending, and what the file names in vain. */
export interface PlannedDays {
  readonly bySpeaker: ReadonlyMap<Id, readonly PlannedDay[]>;
  readonly issues: readonly FileIssue[];
}

/**
 * What each speaker was to play on which day; `nameOf` gives a document's SHA-256. Issues: a name
 * without its document, a document of another day, a speaker twice, a session twice or whose name says
 * another start.
 */
export const toPlannedDays = (
  file: PlaylistsFile,
  nameOf: (playlist: Playlist) => Sha256,
): PlannedDays => {
  const byName = new Map(file.documents.map((document) => [nameOf(document), document]));
  const bySpeaker = new Map<Id, readonly PlannedDay[]>();
  const issues: FileIssue[] = [];
  for (const [index, { speaker, days }] of file.speakers.entries()) {
    if (bySpeaker.has(speaker)) issues.push({ path: `speakers.${index}`, issue: 'twice' });
    const found: PlannedDay[] = [];
    const seen = new Set<SessionId>();
    for (const [day, given] of Object.entries(days).sort(([a], [b]) => (a < b ? -1 : 1))) {
      const path = `speakers.${index}.days.${day}`;
      const playlist = typeof given === 'string' ? byName.get(given) : given;
      if (playlist === undefined) issues.push({ path, issue: 'unknownDocument' });
      else if (playlist.day !== day) issues.push({ path, issue: 'documentOfAnotherDay' });
      else {
        found.push({ day, name: nameOf(playlist), playlist });
        issues.push(...sessionIssues(path, playlist, seen));
      }
    }
    bySpeaker.set(speaker, found);
  }
  return { bySpeaker, issues };
};

const sessionIssues = (
  path: string,
  { sessions }: Playlist,
  seen: Set<SessionId>,
): readonly FileIssue[] =>
  sessions.flatMap(({ id, startMs }, index) => {
    if (id === null || startMs === null) return [];
    const isTwice = seen.has(id);
    seen.add(id);
    const place = `${path}.sessions.${index}`;
    return [
      ...(isTwice ? [{ path: place, issue: 'twice' }] : []),
      ...(sessionIdToStartMs(id) === startMs ? [] : [{ path: place, issue: 'anotherStart' }]),
    ];
  });

/** The sessions that a playlist asks of a speaker; drills and lists played by hand are none. */
export const plannedIdsOf = ({ sessions }: Playlist): readonly SessionId[] =>
  sessions.flatMap(({ id, drill }) => (id === null || drill ? [] : [id]));
