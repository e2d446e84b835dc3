import { placeholdersIn } from '#core/speech/hotlines.ts';
import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import type { Store } from '../ports/store.ts';

type Reads = Pick<Store, 'hotlines' | 'saidNumbers'>;

/**
 * Who entered the telephone numbers that this version says, where one before it said others: a version
 * is made in the name of the last of them, but each has made a part of it.
 */
const readChangers = async (
  store: Reads,
  { clip, script }: Bulletin,
  before: readonly Bulletin[],
): Promise<readonly Actor[]> => {
  const asked = placeholdersIn(script ?? '');
  if (asked.length === 0) return [];
  const told = await store.saidNumbers([...new Set([clip, ...before.map((each) => each.clip)])]);
  const saidBy = new Map(told.map((each) => [each.clip, each.numbers]));
  const says = saidBy.get(clip) ?? {};
  const changed = asked.filter((key) =>
    before.some(
      (each) =>
        placeholdersIn(each.script ?? '').includes(key) &&
        saidBy.get(each.clip)?.[key] !== says[key],
    ),
  );
  const entered = (await store.hotlines()).filter(
    ({ key, number }) => changed.includes(key) && number === says[key],
  );
  return entered.map(({ changedBy }) => changedBy);
};

/**
 * The users who made what is to be released: this version, those before it that nobody released, whose
 * sound or facts it goes on with, and the telephone numbers that are new in it. `versions` are all of
 * the bulletin. Source: issue 6, 6; ADR 0019; ADR 0021.
 */
export const readMakers = async (
  store: Reads,
  bulletin: Bulletin,
  versions: readonly Bulletin[],
): Promise<ReadonlySet<string>> => {
  const released = versions.filter(({ releasedMs }) => releasedMs !== null);
  const since = Math.max(0, ...released.map(({ version }) => version));
  const upToIt = versions.filter(({ version }) => since <= version && version <= bulletin.version);
  const made = upToIt.filter(({ version }) => version > since).map(({ createdBy }) => createdBy);
  const changers = await readChangers(store, bulletin, upToIt);
  return new Set([...made, ...changers].flatMap(({ kind, id }) => (kind === 'user' ? [id] : [])));
};
