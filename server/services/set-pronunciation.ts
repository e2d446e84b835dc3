import type { Actor } from '#schemas/entities/bulletin.ts';
import type { Pronunciation } from '#schemas/entities/pronunciation.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetPronunciationRequest } from '#schemas/requests/speech.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';

/** The most words that a site says in its own way. */
const MAX_PRONUNCIATIONS = 2000;

/**
 * How the site says a word or an abbreviation from now on. Bulletins that are there already stay as
 * they sound. Errors: listFull, diskFull.
 */
export const setPronunciation = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  request: SetPronunciationRequest,
): Promise<Result<Pronunciation, ProblemOf<'listFull'> | CommitProblem>> => {
  const known = await ports.store.pronunciations();
  const before = known.find(({ written }) => written === request.written);
  if (before === undefined && known.length >= MAX_PRONUNCIATIONS) {
    return refuse({ code: 'listFull', most: MAX_PRONUNCIATIONS });
  }
  // Who enters the same again has not said it so first.
  const { changedBy, changedMs } =
    before?.spoken === request.spoken
      ? before
      : { changedBy: actor, changedMs: Math.floor(ports.clock.wallMs()) };
  const value: Pronunciation = { ...request, changedBy, changedMs };
  const { written: subject, spoken } = value;
  const done = await ports.store.commit({
    changes: [{ do: 'put', what: 'pronunciation', value }],
    audit: [auditEntry(ports, { actor, action: 'setPronunciation', subject, facts: { spoken } })],
  });
  return done.ok ? ok(value) : done;
};
