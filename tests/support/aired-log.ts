import { playlistsAsAired } from '#core/airtime/playlist-as-aired.ts';
import type { JsonValue } from '#core/canonical-json.ts';
import type { Envelope } from '#schemas/envelope.ts';
import type { Playlist } from '#schemas/playlist.ts';
import { type LogRecord, logRecordSchema, type RecordBody } from '#schemas/records/log-record.ts';
import type { SignedLog } from './signed-log.ts';

const bodyOf = (record: LogRecord): RecordBody => {
  const { v: _v, site: _site, speaker: _speaker, seq: _seq, ...rest } = record;
  const { prev: _prev, boot: _boot, posMs: _posMs, clock: _clock, ...body } = rest;
  // Taking the common members out leaves exactly what a body is.
  return body as RecordBody;
};

/**
 * Signs what a perfect airing of the playlists would leave, from one boot on, and gives back what
 * was appended. `keep` says which of its records the speaker wrote.
 */
export const appendAired = (
  log: SignedLog,
  playlists: readonly Playlist[],
  airing: {
    readonly speaker: string;
    readonly boot: string;
    readonly fromMs: number;
    readonly toMs: number;
    readonly keep?: (record: LogRecord) => boolean;
  },
): readonly Envelope[] => {
  const { boot, keep = () => true } = airing;
  return playlistsAsAired(playlists, airing)
    .filter(keep)
    .map((record) => {
      const clock = record.clock as unknown as JsonValue;
      const line = { body: bodyOf(record), boot, posMs: record.posMs };
      logRecordSchema.parse({ ...record, boot });
      return log.append(line, { clock });
    });
};
