import type { ProblemOf } from '#schemas/problem.ts';
import { ok, refuse } from '#schemas/result.ts';
import type { Change, CommitProblem, Store, Work } from '../ports/store.ts';
import { createChangeWriter, subjectOf } from './changes.ts';
import { failedGuard } from './guards.ts';
import { writeMessage } from './messages.ts';
import type { OpenDatabase } from './open-database.ts';
import { isDiskFull, isKeyTaken } from './sqlite-errors.ts';
import { auditEntries } from './tables/audit.ts';
import { createWriter } from './writer.ts';

/** Thrown inside the transaction, so that it is rolled back, and caught around it. */
class Refusal extends Error {
  readonly problem: ProblemOf<'changedMeanwhile' | 'alreadyExists'>;
  constructor(problem: ProblemOf<'changedMeanwhile' | 'alreadyExists'>) {
    super(problem.code);
    this.problem = problem;
  }
}

/** The one way to write: guards, changes, audit and outbox in one synchronous transaction. */
export const createCommit = (database: OpenDatabase): Store['commit'] => {
  const { orm, sqlite, path } = database;
  const write = createChangeWriter(database);
  const audit = createWriter(database, auditEntries, [auditEntries.id]);
  const writeOne = (change: Change) => {
    try {
      write(change);
    } catch (error) {
      if (!isKeyTaken(error)) throw error;
      throw new Refusal({ code: 'alreadyExists', ...subjectOf(change) });
    }
  };
  const run = sqlite.transaction((work: Work) => {
    for (const guard of work.guards ?? []) {
      const problem = failedGuard(orm, guard);
      if (problem !== undefined) throw new Refusal(problem);
    }
    for (const change of work.changes) writeOne(change);
    for (const entry of work.audit ?? []) audit.insert(entry);
    for (const message of work.outbox ?? []) writeMessage(orm, message);
  });
  return async (work) => {
    try {
      run.immediate(work);
      return ok(undefined);
    } catch (error) {
      return refuse(errorToProblem(error, path));
    }
  };
};

const errorToProblem = (error: unknown, path: string): CommitProblem => {
  if (error instanceof Refusal) return error.problem;
  if (isDiskFull(error)) return { code: 'diskFull', path };
  throw error;
};
