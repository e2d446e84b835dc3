import { createId } from '#runtime/clock.ts';
import type { Excuse, VerdictCode } from '#schemas/airtime.ts';
import type { SignedExcuse } from '#schemas/inspection.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { AcceptExcuseRequest } from '#schemas/requests/inspection.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { Verdict } from '#schemas/verdict.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import type { StoredExcuse } from '../ports/stored-signed.ts';
import type { JudgeWeek } from '../ports/verdicts.ts';
import { auditEntry } from './audit-entry.ts';
import { knownSite } from './known-site.ts';
import { signPayload } from './sign-payload.ts';

type Ports = Pick<ServerPorts, 'store' | 'keys' | 'clock' | 'entropy'>;
type Refusal = ProblemOf<'notFound' | 'wrongState'> | CommitProblem;

/** With these verdicts nothing is left to be excused. */
const SETTLED: ReadonlySet<VerdictCode> = new Set(['met', 'notDue', 'exempt', 'excused']);

/**
 * An inspector accepts a reason for the period of a rule that begins on a day, for each of the
 * speakers; signed with the site's key, and never taken back. A period that is not over yet may be
 * excused beforehand. Errors: notFound (no such period of that rule and speaker), wrongState (nothing
 * to excuse), alreadyExists, diskFull; then nothing was written. Source: AIRTIME.md, 4 (`excused`).
 */
export const acceptExcuse = async (
  ports: Ports,
  judgeWeek: JudgeWeek,
  { userId, request }: { readonly userId: string; readonly request: AcceptExcuseRequest },
): Promise<Result<readonly Excuse[], Refusal>> => {
  const judged = await judgeWeek(request.periodFrom);
  const verdicts = judged.ok ? judged.value.verdicts : [];
  const speakers = [...new Set(request.speakers)];
  for (const speaker of speakers) {
    const wrong = refusalOf(verdicts, request, speaker);
    if (wrong !== undefined) return refuse(wrong);
  }
  const { slug } = await knownSite(ports.store);
  const values = speakers.map((speaker) => signExcuse(ports, slug, { userId, request, speaker }));
  const done = await ports.store.commit({
    changes: values.map((value) => ({ do: 'insert', what: 'excuse', value })),
    audit: values.map(({ envelope: _, ...facts }) =>
      auditEntry(ports, {
        actor: { kind: 'user', id: userId },
        action: 'acceptExcuse',
        subject: facts.id,
        facts,
      }),
    ),
  });
  return done.ok ? ok(values.map(toExcuse)) : done;
};

const refusalOf = (
  verdicts: readonly Verdict[],
  { rule, periodFrom }: AcceptExcuseRequest,
  speaker: string,
): ProblemOf<'notFound' | 'wrongState'> | undefined => {
  const found = verdicts.find(
    (verdict) =>
      verdict.rule === rule && verdict.speaker === speaker && verdict.period.from === periodFrom,
  );
  if (found === undefined) {
    return { code: 'notFound', what: 'verdict', id: `${rule} ${speaker} ${periodFrom}` };
  }
  const { verdict } = found;
  return SETTLED.has(verdict) ? { code: 'wrongState', what: 'verdict', state: verdict } : undefined;
};

const signExcuse = (
  ports: Ports,
  site: string,
  accepted: { userId: string; request: AcceptExcuseRequest; speaker: string },
): StoredExcuse => {
  const { userId, request, speaker } = accepted;
  const { rule, periodFrom, reason } = request;
  const id = createId(ports.clock, ports.entropy);
  const acceptedMs = Math.floor(ports.clock.wallMs());
  const excuse = { id, rule, speaker, periodFrom, reason, acceptedMs, acceptedBy: userId };
  const payload: SignedExcuse = { v: 1, site, ...excuse };
  return { ...excuse, envelope: JSON.stringify(signPayload(ports.keys, 'excuse', payload)) };
};

const toExcuse = ({ envelope: _, acceptedBy: __, ...excuse }: StoredExcuse): Excuse => excuse;
