import { type LocalDayRow, rowAt } from '#core/local-time.ts';
import { decideMakeGoods } from '#core/make-good/decide-make-goods.ts';
import type { MakeGood, MakeGoodInput, NotRepaid } from '#core/make-good/make-good.ts';
import type { Interlocks } from '#core/playback/interlocks.ts';
import type { SessionBook } from '#core/playback/session-book.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { DirectorPorts } from '../session/director-ports.ts';
import { refusalOf } from '../session/refusals.ts';
import { createSilenceWatch } from '../session/silence-watch.ts';
import type { View } from '../session/view.ts';
import { createDayLog } from './day-log.ts';
import { type DecisionSources, toDecisionInput } from './decision-input.ts';

/** While nothing else changes it is decided anew after so long, in milliseconds. */
const DECIDE_EVERY_MS = 10_000;

/** What sounds or may, and so is not missed. */
export type SoundsNow = Pick<MakeGoodInput, 'sounding' | 'restarting'>;

/** Decides what repays missed sessions, and remembers it. */
export interface MakeGoodKeeper {
  /**
   * Looks at everything anew, where something may have changed; must run in the agent's queue. When
   * to look again, in epoch milliseconds, where it could not decide; infinite where it has.
   */
  decide(seen: View, locks: Interlocks, sounds: SoundsNow): Promise<number>;
  /**
   * What was placed. Before the first decision of this run, nothing that was begun before it: what a
   * restart broke off is looked at before it is joined.
   */
  placed(): readonly MakeGood[];
}

/** A keeper that has not decided yet; what it decides goes to the make-good file. */
export const createMakeGoodKeeper = (ports: DirectorPorts): MakeGoodKeeper => {
  const { makeGoodFile, bookFile, writer, logger } = ports;
  const dayLog = createDayLog(ports.log);
  const watch = createSilenceWatch<string>();
  let decidedKey: string | undefined;
  let decidedBook: SessionBook | undefined;
  let hasDecided = false;
  let notRepaid: readonly NotRepaid[] = [];
  let records: readonly LogRecord[] = [];
  const keyOf = (seen: View, { sounding, restarting }: SoundsNow): string =>
    JSON.stringify([
      Math.floor(seen.nowMs / DECIDE_EVERY_MS),
      ...[seen.today, sounding, restarting, seen.pointer.revision, seen.limits.revision],
      ...[ports.permit()?.revision, ports.log.head().seq, ports.documents().size],
    ]);
  const decideAnew = async (seen: View, locks: Interlocks, sounds: SoundsNow) => {
    const row = rowAt(seen.table, seen.nowMs);
    // What waits for room on the disk is not in the log yet, and would be repaid.
    if (row === undefined || !(await writer.settled())) return false;
    const log = await dayLog.since(row.startMs);
    if (log === undefined) logger.error({ event: 'dayLogTooLong' });
    else await decideFrom(log, row, { seen, locks, ...sounds });
    hasDecided = true;
    return true;
  };
  const decideFrom = async (
    log: readonly LogRecord[],
    row: LocalDayRow,
    { seen, locks, ...sounds }: SoundsNow & Pick<DecisionSources, 'seen' | 'locks'>,
  ) => {
    const policy = seen.limits.makeGood;
    records = log;
    const isToday = ({ session }: MakeGood) => rowAt([row], session.startMs) !== undefined;
    const placed = makeGoodFile.placed().filter(isToday);
    const decided =
      policy === undefined
        ? { placed, notRepaid: [] }
        : decideMakeGoods(
            toDecisionInput({
              ...{ seen, policy, locks, ...sounds, log, placed },
              documents: ports.documents(),
              book: bookFile.book(),
              permit: ports.permit(),
            }),
          );
    notRepaid = decided.notRepaid;
    if (!(await makeGoodFile.put(decided.placed))) return;
    for (const { session, repays } of decided.placed) {
      logger.info({ event: 'makeGoodPlaced', session: session.id, repays });
    }
    ports.onChange();
  };
  const tellNotRepaid = () => {
    const byCause = new Map(notRepaid.map((one) => [causeOf(one), one]));
    for (const cause of watch.see([...byCause.keys()], ports.trusted.posMs())) {
      const found = byCause.get(cause);
      if (found === undefined || records.some((record) => tells(record, found))) continue;
      const { repays, reason } = found;
      ports.refuse({ ...refusalOf('makeGood', reason), repays }, cause);
    }
  };
  return {
    decide: async (seen, locks, sounds) => {
      const key = keyOf(seen, sounds);
      const book = bookFile.book();
      const isDecided = key === decidedKey && book === decidedBook;
      if (!isDecided && !(await decideAnew(seen, locks, sounds))) {
        return seen.nowMs + DECIDE_EVERY_MS;
      }
      decidedKey = key;
      decidedBook = book;
      tellNotRepaid();
      return Number.POSITIVE_INFINITY;
    },
    placed: () => {
      if (hasDecided) return makeGoodFile.placed();
      const begun = new Set(bookFile.book().sessions.map(({ session }) => session));
      return makeGoodFile.placed().filter(({ session }) => !begun.has(session.id));
    },
  };
};

const causeOf = ({ repays, reason }: NotRepaid): string => `${repays.session} ${reason}`;

/** Whether the record says it already: also the runs before this one wrote it once. */
const tells = (record: LogRecord, { repays, reason }: NotRepaid): boolean =>
  record.kind === 'refused' &&
  record.what === 'makeGood' &&
  record.reason === reason &&
  record.repays?.session === repays.session;
