import type { AirtimeCap, AirtimeRule } from '#schemas/airtime.ts';
import type { Actor, Bulletin, BulletinComment, Clip } from '#schemas/entities/bulletin.ts';
import type { Hotline, HotlineRemoval } from '#schemas/entities/hotline.ts';
import type { Ident } from '#schemas/entities/ident.ts';
import type { Programme } from '#schemas/entities/programme.ts';
import type { Pronunciation } from '#schemas/entities/pronunciation.ts';
import type { Campaign, Directive, Site, Speaker, Unit } from '#schemas/entities/site.ts';
import type { Upload } from '#schemas/entities/upload.ts';
import type { StoredMaking } from '#schemas/making.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { ListQuery } from '#schemas/requests/list.ts';
import type { Result } from '#schemas/result.ts';
import type { StoredEmergency, StoredEmergencyAnswer } from './stored-emergency.ts';
import type {
  StoredLimits,
  StoredOrder,
  StoredPlaylist,
  StoredPointer,
  StoredReport,
} from './stored-plan.ts';
import type { StoredCorrection, StoredExcuse, StoredLock, StoredRelease } from './stored-signed.ts';
import type { UploadReads, UploadStepGuard } from './upload-reads.ts';
import type { UserAccount } from './user-account.ts';

/** A cap in one of its texts; versions of one cap share its id and hold on days of their own. */
export type StoredCap = AirtimeCap & { readonly version: number };

/**
 * Which telephone numbers a version says, by the placeholders of its script; when they were read, and
 * whose deeds were read for the first time. Not of the bytes: two bulletins may come to the same.
 */
export interface SaidNumbers {
  readonly bulletin: string;
  readonly numbers: Readonly<Record<string, string>>;
  readonly readMs: number;
  readonly changedBy: readonly Actor[];
}

/**
 * A record exactly as it came (`envelope` is its JSON text), beside what was read from it. Only the
 * envelope is kept; `record` is read from it again.
 */
export interface StoredRecord {
  readonly speaker: string;
  readonly seq: number;
  readonly hash: string;
  readonly record: LogRecord;
  readonly envelope: string;
  readonly receivedMs: number;
}

/** Something an inspector must see: a broken chain, two contents under one number, a forged record. */
export interface StoredFinding {
  readonly id: string;
  readonly speaker: string;
  readonly seq: number;
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly foundMs: number;
}

export interface EnrolmentCode {
  readonly codeHash: string;
  readonly speaker: string;
  readonly expiresMs: number;
  readonly usedMs: number | null;
}

/** How a speaker signs in to broker and clip store: the SHA-256 of its secret, never the secret. */
export interface SpeakerSecret {
  readonly speaker: string;
  readonly secretHash: string;
}

/** A message that must reach the broker; kept until it has. */
export interface OutgoingMessage {
  readonly id: string;
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
}

export interface AuditEntry {
  readonly id: string;
  readonly actor: Actor;
  readonly action: string;
  readonly subject: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly atMs: number;
}

/** Which deeds are asked for: of one actor, by its id, to one subject. */
export interface DeedsSince extends Pick<AuditEntry, 'action' | 'subject'> {
  readonly actor: string;
  readonly fromMs: number;
}

/** What is kept by key. The key of each kind stands in `server/db`. */
export interface Entities {
  readonly site: Site;
  readonly unit: Unit;
  readonly speaker: Speaker;
  readonly directive: Directive;
  readonly campaign: Campaign;
  readonly rule: AirtimeRule;
  readonly cap: StoredCap;
  readonly programme: Programme;
  readonly excuse: StoredExcuse;
  readonly lock: StoredLock;
  readonly correction: StoredCorrection;
  readonly clip: Clip;
  readonly making: StoredMaking;
  readonly bulletin: Bulletin;
  readonly bulletinComment: BulletinComment;
  readonly upload: Upload;
  readonly pronunciation: Pronunciation;
  readonly hotline: Hotline;
  readonly hotlineRemoval: HotlineRemoval;
  readonly ident: Ident;
  readonly saidNumbers: SaidNumbers;
  readonly release: StoredRelease;
  readonly playlist: StoredPlaylist;
  readonly pointer: StoredPointer;
  readonly speakerReport: StoredReport;
  readonly limits: StoredLimits;
  readonly order: StoredOrder;
  readonly enrolmentCode: EnrolmentCode;
  readonly speakerSecret: SpeakerSecret;
  readonly record: StoredRecord;
  readonly finding: StoredFinding;
  readonly emergency: StoredEmergency;
  readonly emergencyAnswer: StoredEmergencyAnswer;
  /** Another password or other roles end every session of the user. */
  readonly user: UserAccount;
  /** Facts about the installation itself, as `trialPlayed`; text by name. */
  readonly note: { readonly name: string; readonly text: string };
}
export type EntityName = keyof Entities;

/** What is never replaced once it stands. */
export type EvidenceName =
  | 'bulletinComment'
  | 'release'
  | 'record'
  | 'finding'
  | 'excuse'
  | 'lock'
  | 'correction';

/** What may be taken away again; the audit keeps what it was. */
export type RemovableName = 'hotline';

type WriteOf<K extends EntityName> = K extends EvidenceName
  ? 'insert'
  : 'put' | 'insert' | (K extends RemovableName ? 'remove' : never);

/** One write by key: `put` inserts or replaces, `insert` needs it free, `remove` takes it away. */
export type Change = {
  [K in EntityName]: {
    readonly do: WriteOf<K>;
    readonly what: K;
    readonly value: Entities[K];
  };
}[EntityName];

/**
 * What must still hold when the changes are written; else nothing is. Revision 0 and sequence
 * number 0 say that there is none yet.
 */
export type Guard =
  | {
      readonly kind: 'bulletinState';
      readonly id: string;
      readonly state: Bulletin['state'];
      readonly clip: string;
    }
  /** Nobody has changed anything of it. */
  | { readonly kind: 'sameBulletin'; readonly value: Bulletin }
  | { readonly kind: 'sameHotline'; readonly value: Hotline }
  | { readonly kind: 'sameProgramme'; readonly value: Programme }
  /** No bulletin that is under way or released has these bytes, but versions of `first`. */
  | { readonly kind: 'clipUnused'; readonly clip: string; readonly first: string }
  | { readonly kind: 'pointerRevision'; readonly speaker: string; readonly revision: number }
  | { readonly kind: 'limitsRevision'; readonly speaker: string; readonly revision: number }
  | { readonly kind: 'codeUnused'; readonly codeHash: string }
  /** No machine has become this speaker, with this code or another one. */
  | { readonly kind: 'speakerAwaiting'; readonly speaker: string }
  | { readonly kind: 'logHead'; readonly speaker: string; readonly seq: number }
  | UploadStepGuard
  /** The note still says this; null where there is none. */
  | { readonly kind: 'noteText'; readonly name: string; readonly text: string | null };

export interface Work {
  readonly changes: readonly Change[];
  readonly guards?: readonly Guard[];
  readonly audit?: readonly AuditEntry[];
  readonly outbox?: readonly OutgoingMessage[];
}

export type CommitProblem = ProblemOf<'changedMeanwhile' | 'alreadyExists' | 'diskFull'>;

/** The log's last stored record of a speaker; seq 0 and the genesis hash when there is none. */
export interface LogHead {
  readonly seq: number;
  readonly hash: string;
}

/** The most rows that a read of something that grows by itself (log, audit, outbox) returns. */
export const MAX_LIST = 1000;
/** The most answers to one emergency that are read: every speaker of a province, and a few repeats. */
export const MAX_EMERGENCY_ANSWERS = 50_000;

/**
 * Everything the server remembers. Reads are asynchronous; `commit` is one transaction: all changes,
 * audit entries and outgoing messages, or none. Source: DESIGN.md, the parts a user runs.
 */
export interface Store extends UploadReads {
  site(): Promise<Site | undefined>;
  /** By their ids; all of them, or one page. */
  units(page?: ListQuery): Promise<readonly Unit[]>;
  speakers(page?: ListQuery): Promise<readonly Speaker[]>;
  speakerById(id: string): Promise<Speaker | undefined>;
  directives(): Promise<readonly Directive[]>;
  campaigns(): Promise<readonly Campaign[]>;
  rules(): Promise<readonly AirtimeRule[]>;
  /** Every version of every cap, by id and version. */
  caps(): Promise<readonly StoredCap[]>;
  /** The fixed programmes of other sources, by id, those that are over or suspended too. */
  programmes(): Promise<readonly Programme[]>;
  excuses(): Promise<readonly StoredExcuse[]>;
  /** The locks of weeks whose Mondays lie in `[from, to]`, ascending. */
  locks(from: LocalDay, to: LocalDay): Promise<readonly StoredLock[]>;
  /** The corrections of the unit history, by id. */
  corrections(): Promise<readonly StoredCorrection[]>;
  /** The words that the site says in its own way, by how they are written. */
  pronunciations(): Promise<readonly Pronunciation[]>;
  /** The telephone numbers that scripts ask for, by key and unit. */
  hotlines(): Promise<readonly Hotline[]>;
  /** Who took numbers away, the last time for each key and unit. */
  hotlineRemovals(): Promise<readonly HotlineRemoval[]>;
  /** What opens and closes the sessions of each unit, one for each role and unit. */
  idents(): Promise<readonly Ident[]>;
  /** What these bulletins say where their scripts have placeholders, by bulletin. */
  saidNumbers(bulletins: readonly string[]): Promise<readonly SaidNumbers[]>;
  clipBySha256(sha256: string): Promise<Clip | undefined>;
  clips(sha256s: readonly string[]): Promise<readonly Clip[]>;
  everyClip(): Promise<readonly Clip[]>;
  /**
   * How a bulletin's clip was made, for it or for another version with the same one; undefined when
   * it was made before that was remembered.
   */
  makingOf(bulletin: Pick<Bulletin, 'id' | 'clip'>): Promise<StoredMaking | undefined>;
  /** The hashes of every recording as it was brought, each once. */
  originals(): Promise<readonly string[]>;
  bulletins(page?: ListQuery): Promise<readonly Bulletin[]>;
  bulletinById(id: string): Promise<Bulletin | undefined>;
  /** The versions of the bulletin whose first one has this id, ascending. */
  bulletinVersions(first: string): Promise<readonly Bulletin[]>;
  /** What was written about any version of it, oldest first. */
  bulletinComments(first: string): Promise<readonly BulletinComment[]>;
  releaseOf(bulletin: string): Promise<StoredRelease | undefined>;
  playlistBySha256(sha256: string): Promise<StoredPlaylist | undefined>;
  pointerOf(speaker: string): Promise<StoredPointer | undefined>;
  /** Undefined until the speaker has reported itself. */
  reportOf(speaker: string): Promise<StoredReport | undefined>;
  limitsOf(speaker: string): Promise<StoredLimits | undefined>;
  /** Orders that have not expired at `nowMs`, oldest first. */
  ordersOf(speaker: string, nowMs: number): Promise<readonly StoredOrder[]>;
  enrolmentCode(codeHash: string): Promise<EnrolmentCode | undefined>;
  /** Undefined for an unknown secret, and for a speaker that is not enrolled (any more). */
  speakerBySecretHash(secretHash: string): Promise<string | undefined>;
  logHead(speaker: string): Promise<LogHead>;
  /** Records with `seq` in `[from, to]`, ascending, at most `MAX_LIST`. */
  records(speaker: string, from: number, to: number): Promise<readonly StoredRecord[]>;
  findings(speaker: string): Promise<readonly StoredFinding[]>;
  /** Emergencies and cancels, newest first, at most `most`. */
  emergencies(most: number): Promise<readonly StoredEmergency[]>;
  emergencyById(id: string): Promise<StoredEmergency | undefined>;
  /** What was said of an emergency, by speaker, oldest first. */
  emergencyAnswers(id: string): Promise<readonly StoredEmergencyAnswer[]>;
  note(name: string): Promise<string | undefined>;
  /** Unsent messages, oldest first, at most `most`. */
  outbox(most: number): Promise<readonly OutgoingMessage[]>;
  /** The broker has these. */
  markSent(ids: readonly string[]): Promise<void>;
  /** Every retained message as it should stand at the broker now, to publish again at a start. */
  retained(): Promise<readonly OutgoingMessage[]>;
  audit(most: number): Promise<readonly AuditEntry[]>;
  /** The last `MAX_LIST` of these deeds that were done to any of these subjects, oldest first. */
  auditOf(subjects: readonly string[], actions: readonly string[]): Promise<readonly AuditEntry[]>;
  /** What one person did to one subject since an instant, oldest first, at most `MAX_LIST`. */
  deedsSince(deed: DeedsSince): Promise<readonly AuditEntry[]>;
  users(): Promise<readonly UserAccount[]>;
  userById(id: string): Promise<UserAccount | undefined>;
  commit(work: Work): Promise<Result<void, CommitProblem>>;
}
