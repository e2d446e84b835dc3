import { localDayAt } from '#runtime/day-table.ts';
import { type Playlist, playlistSchema } from '#schemas/playlist.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { knownSite } from './known-site.ts';
import { type PlannedDay, readPlannedDays } from './plan-note.ts';
import { playlistOn } from './planned-sessions.ts';
import { readPointer } from './point-speaker.ts';

/** One day of a speaker: what it is to play, and what could not be planned. */
export interface DescribedDay {
  readonly day: LocalDay;
  readonly sha256: string;
  readonly playlist: Playlist | null;
  readonly shortfalls: PlannedDay['shortfalls'];
  readonly problems: PlannedDay['problems'];
}

export interface DescribedPlans {
  readonly speaker: string;
  /** The revision of the signed pointer; 0 when there is none. */
  readonly revision: number;
  readonly orders: ReturnType<typeof readPointer>['orders'];
  readonly days: readonly DescribedDay[];
}

/** The most speakers of one answer. */
export const MAX_DESCRIBED_SPEAKERS = 200;

export interface WantedPlans {
  readonly speaker?: string | undefined;
  readonly day?: LocalDay | undefined;
  /** Only speakers whose ids come after this one. */
  readonly after?: string | undefined;
}

/**
 * The plans of one speaker: every day that its pointer names, or one day, which may be past. Without
 * a speaker, those of one day, today by default, for the first `MAX_DESCRIBED_SPEAKERS` enrolled
 * speakers by id after `after`. Errors: unknownSpeaker.
 */
export const describePlans = async (
  { store, clock }: Pick<ServerPorts, 'store' | 'clock'>,
  wanted: WantedPlans,
): Promise<Result<readonly DescribedPlans[], ProblemOf<'unknownSpeaker'>>> => {
  const enrolled = (await store.speakers())
    .filter(({ state }) => state === 'enrolled')
    .map(({ id }) => id);
  const { speaker, day } = wanted;
  if (speaker !== undefined) {
    return enrolled.includes(speaker)
      ? ok([await describeOne(store, speaker, day)])
      : refuse({ code: 'unknownSpeaker', speaker });
  }
  const { zone } = await knownSite(store);
  const onDay = day ?? localDayAt(clock.wallMs(), zone);
  const page = enrolled
    .filter((id) => wanted.after === undefined || id > wanted.after)
    .sort()
    .slice(0, MAX_DESCRIBED_SPEAKERS);
  return ok(await Promise.all(page.map((id) => describeOne(store, id, onDay))));
};

const describeOne = async (
  store: ServerPorts['store'],
  speaker: string,
  day: LocalDay | undefined,
): Promise<DescribedPlans> => {
  const stored = await store.pointerOf(speaker);
  const pointer = stored === undefined ? undefined : readPointer(stored);
  const planned = new Map((await readPlannedDays(store, speaker)).map((one) => [one.day, one]));
  const names = day === undefined ? Object.keys(pointer?.days ?? {}).sort() : [day];
  const days: DescribedDay[] = [];
  for (const name of names) {
    const hash = await playlistOn(store, speaker, name);
    if (hash === undefined) continue;
    const text = (await store.playlistBySha256(hash))?.text;
    const playlist = text === undefined ? null : playlistSchema.parse(JSON.parse(text));
    const { shortfalls = [], problems = [] } = planned.get(name) ?? {};
    days.push({ day: name, sha256: hash, playlist, shortfalls, problems });
  }
  return { speaker, revision: pointer?.revision ?? 0, orders: pointer?.orders ?? [], days };
};
