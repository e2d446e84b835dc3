import type { DayTable } from '#core/local-time.ts';
import type { Interlocks } from '#core/playback/interlocks.ts';
import type { MakeGoodPolicy, Repayment } from '#schemas/make-good.ts';
import type { Playlist, Session } from '#schemas/playlist.ts';
import type { Interval, Sha256 } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';
import type { SessionId } from '#schemas/session.ts';

/** A make-good begins at the earliest so long after it was decided, so that people can see it come. */
export const MAKE_GOOD_LEAD_MS = 120_000;
/** How long after its planned end a session may still write what qualifies it, in milliseconds. */
export const SETTLE_MS = 15_000;
/** How often one missed session is begun again, when what repaid it came to nothing. */
export const MAX_REPAYMENTS = 3;

/** A session that repays a missed one; `playlist` is the document in which the missed one stands. */
export interface MakeGood {
  readonly session: Session & { readonly id: SessionId; readonly startMs: number };
  readonly repays: Repayment;
  readonly playlist: Sha256;
  /** It was begun and can repay no more: what is left of it is not played. */
  readonly abandoned: boolean;
}

/** Something else that sounds or will: `id` where it is a session. Instants are epoch milliseconds. */
export interface Occupied extends Interval {
  readonly id: SessionId | null;
}

/** All that a speaker's repayments of one local day depend on. Instants are epoch milliseconds. */
export interface MakeGoodInput {
  readonly nowMs: number;
  /** Holds the day of `nowMs`, and those of the neighbours that are looked at. */
  readonly table: DayTable;
  readonly policy: MakeGoodPolicy;
  /** What the speaker refuses whatever is decided here. */
  readonly locks: Interlocks;
  /** Today's playlist and its name; null while the speaker has none. */
  readonly plan: { readonly playlist: Playlist; readonly name: Sha256 } | null;
  /** The playlists of days beside today, as far as the speaker has them. */
  readonly neighbours: readonly Playlist[];
  /** Lists by hand and other days' sessions that sound or will. */
  readonly occupied: readonly Occupied[];
  /** The speaker's own records of today, ascending and without a hole, dated by their `clock` records. */
  readonly log: readonly LogRecord[];
  /** Sessions that were begun; those of them that are closed do not sound any more. */
  readonly begun: ReadonlySet<SessionId>;
  readonly closed: ReadonlySet<SessionId>;
  /** The session that sounds or is being loaded. */
  readonly sounding: SessionId | null;
  /** Sessions that began again, or may, and so may sound after their planned end. */
  readonly restarting: readonly Occupied[];
  /** Everything that was placed today so far, over or not. */
  readonly placed: readonly MakeGood[];
  /** Missed sessions for which a permit is in force. */
  readonly permitted: ReadonlySet<SessionId>;
}

/** Why a missed session is not repaid (now). */
export interface NotRepaid {
  readonly repays: Repayment;
  readonly reason: RefusalReason;
}

/** What is to sound to repay, ascending by start, with what was begun today; and what is not repaid. */
export interface MakeGoodDecision {
  readonly placed: readonly MakeGood[];
  readonly notRepaid: readonly NotRepaid[];
}
