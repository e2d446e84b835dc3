import type { Clock } from '#runtime/clock.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { type Did, dids } from './status-html.ts';

/** How long the running agent is waited for, in milliseconds. */
const ANSWER_BOUND_MS = 10_000;
const TOKEN = /name="token" value="([0-9a-f]+)"/;

/** What a technician at the box wants of the agent that runs there. */
export type BoxDeed = { readonly kind: 'time'; readonly local: string } | { readonly kind: 'tone' };

/**
 * Asks the running agent of this machine through its status page, as a person at its buttons would.
 * Errors: serverUnreachable (no agent runs here, or its page is off).
 */
export const askStatusPage = async (
  port: number,
  deed: BoxDeed,
  clock: Clock,
): Promise<Result<Did, ProblemOf<'serverUnreachable'>>> => {
  const url = `http://127.0.0.1:${port}`;
  const bound = new AbortController();
  const { signal } = bound;
  const timer = clock.at(clock.positionMs() + ANSWER_BOUND_MS, () => bound.abort());
  try {
    const page = await (await fetch(url, { signal })).text();
    const token = TOKEN.exec(page)?.[1] ?? '';
    const body = new URLSearchParams({ token, ...(deed.kind === 'time' && { time: deed.local }) });
    const answer = await fetch(`${url}/${deed.kind}`, {
      ...{ method: 'POST', headers: { origin: url }, body, redirect: 'manual', signal },
    });
    const told = new URL(answer.headers.get('location') ?? '/', url).searchParams.get('did');
    const did = dids.find((one) => one === told);
    return did === undefined ? refuse({ code: 'serverUnreachable', url }) : ok(did);
  } catch {
    // Whatever listens there, it is not the agent's page.
    return refuse({ code: 'serverUnreachable', url });
  } finally {
    timer.cancel();
  }
};
