import type { Clock } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { SpeakerLimits } from '#schemas/limits.ts';
import type { Permit } from '#schemas/make-good.ts';
import type { Playlist } from '#schemas/playlist.ts';
import type { PlaylistPointer } from '#schemas/pointer.ts';
import type { Id, Sha256 } from '#schemas/primitives.ts';
import type { SessionId } from '#schemas/session.ts';
import type { AmplifierKeeper } from '../amplifier/amplifier-keeper.ts';
import type { ClipCache } from '../cache/clip-cache.ts';
import type { TrustedClock } from '../clock/trusted-clock.ts';
import type { EmergencyFile } from '../emergency/emergency-file.ts';
import type { AsRunLog } from '../log/as-run-log.ts';
import type { RecordWriter } from '../log/record-writer.ts';
import type { RefusedBody } from '../log/refusal-book.ts';
import type { MakeGoodFile } from '../make-good/make-good-file.ts';
import type { Player } from '../ports/player.ts';
import type { TaskQueue } from '../task-queue.ts';
import type { TestTone } from '../tone/test-tone.ts';
import type { BookFile } from './book-file.ts';
import type { EndedBody } from './ended-body.ts';

/** What the director and the performer work with. */
export interface DirectorPorts {
  readonly clock: Clock;
  readonly trusted: TrustedClock;
  readonly player: Player;
  readonly cache: Pick<ClipCache, 'has' | 'verified'>;
  /** What a technician at the box may let sound. */
  readonly tone: Pick<TestTone, 'clip'>;
  readonly newId: () => Id;
  readonly tasks: TaskQueue;
  readonly logger: Logger;
  readonly bookFile: BookFile;
  readonly makeGoodFile: MakeGoodFile;
  readonly emergencies: EmergencyFile;
  /** Who the speaker is. */
  readonly who: { readonly site: string; readonly speaker: Id };
  readonly log: Pick<AsRunLog, 'head' | 'read' | 'firstFrom'>;
  readonly writer: RecordWriter;
  /** Null where no amplifier is switched. */
  readonly amplifier: AmplifierKeeper | null;
  readonly pointer: () => PlaylistPointer | null;
  readonly limits: () => SpeakerLimits | null;
  readonly permit: () => Permit | null;
  readonly documents: () => ReadonlyMap<Sha256, Playlist>;
  /** Writes the refusal, once for the same cause. */
  readonly refuse: (body: RefusedBody, message?: string) => void;
  /** Whether the session, or something of it, was refused in this run. */
  readonly wasRefused: (session: SessionId) => boolean;
  readonly saveCheckpoint: (body: EndedBody) => Promise<void>;
  readonly clearCheckpoint: () => Promise<void>;
  /** Something sounded, whole or in part. */
  readonly onBroadcast: (body: EndedBody) => void;
  /** The server asks for the log from this number on. */
  readonly onDeliver: (fromSeq: number) => void;
  /** The program is to start anew. */
  readonly onRestart: () => void;
  /** Nothing is heard of what sounds, or it is heard again. */
  readonly onSilence: (isSilent: boolean) => void;
  /** What is playing changed. */
  readonly onChange: () => void;
}
