import type { LoggedSession } from '../../support/processes/session-agent.ts';
import { type Figure, median } from '../figure.ts';
import { hearVillage, type Sounded } from './village.ts';

const SESSIONS = 50;
const TOGETHER = 4;
const SESSIONS_TOGETHER = 20;

const worstOfTwenty = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;

const magnitudes = (values: readonly (number | null)[]): number[] =>
  values.map((value) => (value === null ? Number.POSITIVE_INFINITY : Math.abs(value)));

/** What was not heard as a whole list counts as infinitely wrong; JSON prints that as null. */
const startErrors = (lists: readonly Sounded<{ readonly wantedMs: number }>[]): number[] =>
  magnitudes(lists.map(({ told, heard }) => heard && heard.startMs - told.wantedMs));

const gaps = (lists: readonly Sounded<unknown>[]): number[] =>
  lists.flatMap(({ heard }) => magnitudes(heard?.gapsMs ?? [null]));

const loggedMs = ({ items }: LoggedSession): number =>
  items.reduce((sum, { audibleMs }) => sum + audibleMs, 0);

/** From the first to the last of those that should have begun together, session by session. */
const skews = (all: readonly (readonly Sounded<{ readonly wantedMs: number }>[])[]): number[] =>
  (all[0] ?? []).map((_, session) => {
    const errors = all.map((lists) => {
      const one = lists[session];
      return one?.heard ? one.heard.startMs - one.told.wantedMs : Number.POSITIVE_INFINITY;
    });
    return Math.max(...errors) - Math.min(...errors);
  });

const figuresOf = function* (what: string, value: readonly number[], raw: readonly number[]) {
  const rawWhat = 'mpv alone in the same run, loaded paused, released by a bare timer';
  const at = {
    median,
    '95 of 100': worstOfTwenty,
    worst: (all: readonly number[]) => Math.max(...all),
  };
  for (const [name, pick] of Object.entries(at)) {
    const [ours, theirs] = [pick(value), pick(raw)];
    const figure: Figure = {
      figure: `${what}, ${name} of ${value.length}`,
      ...{ value: ours, raw: theirs, unit: 'ms', rawWhat, ratio: ours / theirs },
    };
    yield figure;
  }
};

/** What the agent's sessions sound like on a recorded sink, beside mpv alone. */
export async function* figuresWhile(isCrowded: boolean): AsyncGenerator<Figure> {
  const where = isCrowded ? ' beside two ffmpeg jobs' : '';
  const { agents, bare } = await hearVillage({ agents: 1, sessions: SESSIONS, isCrowded });
  const [ours = []] = agents;
  const [raw = []] = bare;
  yield* figuresOf(`start of a session${where}`, startErrors(ours), startErrors(raw));
  yield* figuresOf(`gap between items${where}`, gaps(ours), gaps(raw));
  const logged = ours.map((each) => each.heard && each.heard.lengthMs - loggedMs(each.told));
  const claimed = raw.map((each) => each.heard && each.heard.lengthMs - each.told.claimedMs);
  const what = `length logged against length heard${where}`;
  yield* figuresOf(what, magnitudes(logged), magnitudes(claimed));
}

/** How far apart four agents begin what they should begin together. */
export async function* figuresTogether(): AsyncGenerator<Figure> {
  const plan = { agents: TOGETHER, sessions: SESSIONS_TOGETHER, isCrowded: false };
  const { agents, bare } = await hearVillage(plan);
  yield* figuresOf('skew of four agents', skews(agents), skews(bare));
}
