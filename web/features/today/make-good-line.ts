import type { ShownMakeGood } from '#schemas/make-good.ts';
import { isMakeGoodSession } from '#schemas/read-session-id.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';
import type { SessionId } from '#schemas/session.ts';
import { bySession, type DayEntry, type DayFacts, refusalOf, stateOf } from './day-line.ts';

/** A session on the line of a day, with what it repays or what repays it. */
export interface RepaidEntry extends DayEntry {
  /** The missed session that this one repays. */
  readonly repays: SessionId | null;
  /** When it is repaid, in epoch milliseconds. */
  readonly repaidAtMs: number | null;
  /** Why the speaker does not repay it. */
  readonly notRepaid: RefusalReason | null;
}

/** A make-good as its speaker has placed it, or as its records have it. */
interface Known {
  readonly session: SessionId;
  readonly missed: SessionId;
  readonly startMs: number;
  readonly endMs: number;
}

/** Every make-good of the day: what sounded is in the log, what is still ahead only in the health. */
const knownMakeGoods = (facts: DayFacts, shown: readonly ShownMakeGood[]): readonly Known[] => {
  const found = new Map<SessionId, Known>();
  for (const { session, repays, startMs, endMs } of shown) {
    found.set(session, { session, missed: repays.session, startMs, endMs });
  }
  const sounded = bySession(facts.records);
  for (const record of facts.records) {
    if (record.kind !== 'ended' || record.repays === undefined) continue;
    const heard = sounded.get(record.session);
    if (heard === undefined || !isMakeGoodSession(record.session)) continue;
    const { session, repays } = record;
    const planned = found.get(session);
    const { startMs } = heard;
    const endMs = Math.max(heard.endMs, planned?.endMs ?? 0);
    found.set(session, { session, missed: repays.session, startMs, endMs });
  }
  return [...found.values()].filter(({ startMs }) => facts.isToday(startMs));
};

const notRepaidOf = (records: readonly LogRecord[], missed: SessionId): RefusalReason | null =>
  records
    .flatMap((record) =>
      record.kind === 'refused' && record.repays?.session === missed ? [record.reason] : [],
    )
    .at(-1) ?? null;

/**
 * The line of a day with its make-goods, each with the session it repays, and with what is known of
 * missed sessions: when they are repaid, or why not. `shown` is what the speaker's health says.
 */
export const withMakeGoods = (
  entries: readonly DayEntry[],
  facts: DayFacts,
  shown: readonly ShownMakeGood[],
): readonly RepaidEntry[] => {
  const known = knownMakeGoods(facts, shown);
  const sounded = bySession(facts.records);
  const planned = entries.map((entry): RepaidEntry => {
    const repaidAtMs = known.findLast(({ missed }) => missed === entry.session)?.startMs ?? null;
    const notRepaid = repaidAtMs === null ? notRepaidOf(facts.records, entry.session) : null;
    // Whoever says how it is repaid, or why not, knows that it came to nothing.
    const isOver = repaidAtMs !== null || notRepaid !== null;
    const isOpen = entry.state === 'planned' || entry.state === 'awaited';
    const state = isOver && isOpen ? 'missed' : entry.state;
    return { ...entry, state, repays: null, repaidAtMs, notRepaid };
  });
  const repaying = known.map(({ session, missed, startMs, endMs }): RepaidEntry => {
    const heard = sounded.get(session);
    const audibleMs = heard?.audibleMs ?? 0;
    return {
      session,
      state: stateOf(facts, { session, audibleMs, latestMs: endMs }),
      startMs,
      endMs,
      drill: false,
      isByHand: false,
      bulletins:
        heard?.bulletins ?? entries.find((entry) => entry.session === missed)?.bulletins ?? [],
      audibleMs,
      refused: refusalOf(facts.records, session),
      notCounted: facts.evidence.find((one) => one.session === session)?.reason ?? null,
      repays: missed,
      repaidAtMs: null,
      notRepaid: null,
    };
  });
  return [...planned, ...repaying].toSorted((a, b) => a.startMs - b.startMs);
};
