import type { Hash } from 'node:crypto';
import type { Clock } from '#runtime/clock.ts';
import type { Sha256 } from '#schemas/primitives.ts';
import type { FetchUrl } from '../ports/agent-ports.ts';
import type { Disk, DiskFile } from '../ports/disk.ts';
import type { ClipFiles } from './clip-files.ts';

/** How a download went; `wrongBytes` came whole and was something else. */
export type DownloadOutcome =
  | 'stored'
  | 'unreachable'
  | 'notThere'
  | 'cannotResume'
  | 'wrongBytes'
  | 'diskFull';

export interface DownloadPorts {
  readonly disk: Disk;
  readonly files: ClipFiles;
  readonly fetchUrl: FetchUrl;
  readonly clock: Clock;
  /** The address below which clips lie by their hash. */
  readonly baseUrl: string;
  /** Bearer token. */
  readonly token: string;
  /** Bytes that came or lay there were not the clip's. */
  readonly onWrongBytes: (sha256: Sha256) => void;
}

/** What of a clip is on disk, and the hash of it. */
export interface ClipPart {
  readonly file: DiskFile;
  readonly hash: Hash;
}
