import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { frameDay } from './day-frame.ts';
import { type Draft, keepsCaps, type Placed, toPlaced, withPlaced } from './draft.ts';
import { keepSessions } from './keep-sessions.ts';
import type { LeastFill } from './least-fill.ts';
import type { PlanInput } from './plan-input.ts';
import { programmesOn, programmeToSession } from './programmes.ts';

/** The fixed programmes that the speaker plays and that could still begin. */
const ownProgrammes = (draft: Draft): { readonly id: string; readonly placed: Placed }[] =>
  programmesOn(draft.input, draft.frame.row)
    .filter(({ fromMs }) => fromMs >= draft.openFromMs)
    .flatMap((each) => {
      const session = programmeToSession(each, draft.input);
      return session === null ? [] : [{ id: each.programme.id, placed: toPlaced(session, null) }];
    });

const stands = (draft: Draft, placed: Placed): boolean =>
  keepsCaps(draft, placed) &&
  ![
    ...draft.frame.blocked,
    ...draft.placed.map(({ startMs, endMs }) => ({ fromMs: startMs, toMs: endMs })),
  ].some(({ fromMs, toMs }) => fromMs < placed.endMs && toMs > placed.startMs);

/**
 * What of the day is there before anything is planned: the sessions that stay, and the fixed
 * programmes. Errors: programmeUnplannable. Source: AIRTIME.md, 5.
 */
export const emptyDraft = (
  input: PlanInput,
  leastFill: LeastFill,
): Result<Draft, ProblemOf<'programmeUnplannable'>> => {
  const frame = frameDay(input);
  const kept = keepSessions(input, frame.silent);
  const placed = kept.sessions.map((session) => toPlaced(session, null));
  let draft: Draft = {
    input,
    frame,
    openFromMs: kept.openFromMs,
    leastFill,
    placed: placed.sort((a, b) => a.startMs - b.startMs),
  };
  for (const { id, placed: next } of ownProgrammes(draft)) {
    if (draft.placed.some(({ startMs }) => startMs === next.startMs)) continue;
    if (!stands(draft, next)) {
      return refuse({ code: 'programmeUnplannable', programme: id, day: input.day });
    }
    draft = withPlaced(draft, next);
  }
  return ok(draft);
};
