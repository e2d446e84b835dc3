import type { SpeechProblem } from '#content/ports.ts';
import type { ReadNumbers } from '#core/speech/hotlines.ts';
import { bulletinLanguageSchema, SPOKEN_LANGUAGE } from '#schemas/bulletin-language.ts';
import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { type KeepPorts, type KeepProblem, keepBulletin } from './keep-bulletin.ts';
import { type Reading, readNewDeeds } from './script-deeds.ts';
import { type BulletinNumbers, readBulletinNumbers, type Spoken } from './stale-bulletins.ts';
import { readUnitDeeds } from './unit-deeds.ts';
import { withSpokenText } from './write-bulletin.ts';

type Ports = KeepPorts & Pick<ServerPorts, 'speech'>;
type RespeakProblem = SpeechProblem | KeepProblem;

const MAX_REASON_CHARS = 500;
/** Before languages were chosen from a list, anything could be named; a voice has read Vietnamese. */
const spokenSchema = bulletinLanguageSchema.catch(SPOKEN_LANGUAGE);

/** "cong-an-xa: 113 → 114" for each number that has changed. */
const reasonOf = (says: BulletinNumbers['says'], numbers: ReadNumbers): string =>
  [...numbers]
    .filter(([key, number]) => says[key] !== number)
    .map(([key, number]) => `${key}: ${says[key] ?? '–'} → ${number ?? '–'}`)
    .join('; ')
    .slice(0, MAX_REASON_CHARS);

/** Who entered or took away last what is read otherwise now, or had it read in other units. */
const lastChanger = async (
  { store }: Pick<Ports, 'store'>,
  { first }: Bulletin,
  reading: Reading,
): Promise<Actor> => {
  const deeds = await readNewDeeds(store, reading, await store.bulletinVersions(first));
  const last = deeds.findLast(({ kind }) => kind !== 'word');
  return last?.by ?? { kind: 'system', id: 'hotlines' };
};

const describe = (bulletin: Spoken, reason: string) => {
  const { title, language, supplier, role, priority, campaigns, units, state, id } = bulletin;
  return {
    ...{ title, role, priority, campaigns, units, reason, replaces: id },
    language: spokenSchema.parse(language),
    ...(supplier === null ? {} : { supplier }),
    submit: state !== 'draft',
  };
};

const respeak = (
  ports: Ports,
  { bulletin, says }: BulletinNumbers,
): Promise<Result<Bulletin, RespeakProblem>> => {
  const { script, manner, units, validFromMs, expiresMs } = bulletin;
  const checked = { validFromMs, expiresMs, replaces: bulletin };
  return withSpokenText(ports, { text: script, manner, units }, async (path, read) => {
    const deeds = [...read.reading.deeds, ...(await readUnitDeeds(ports, bulletin))];
    const reading = { ...read.reading, deeds };
    const actor = await lastChanger(ports, bulletin, reading);
    const description = describe(bulletin, reasonOf(says, reading.numbers));
    // What is said of it is changed at once, and must not come back as it was before it was spoken.
    const beside = () =>
      ({ changes: [], guards: [{ kind: 'sameBulletin', value: bulletin }] }) as const;
    const source = { actor, path, script, manner, reading, description, checked, beside };
    return keepBulletin(ports, source);
  });
};

/**
 * Speaks what says a telephone number that is no longer in force anew, one bulletin at a time, the
 * most urgent first. Each becomes the next version of its bulletin, made by who entered the number,
 * took one away or chose other units, and waits for an approver as the version before it did; a draft
 * stays a draft. What is on the air stays there until then. Which ones are left is read from what stands: a kill costs the text under way, and
 * the next run goes on. Errors: those of the first text that could not be made, the rest is made.
 * Source: issue 6, 5; ADR 0019; ADR 0031.
 */
export const respeakBulletins = async (
  ports: Ports,
  isStopping: () => boolean,
): Promise<Result<number, RespeakProblem>> => {
  const stale = (await readBulletinNumbers(ports)).filter(({ isStale }) => isStale);
  let made = 0;
  let failed: Result<never, RespeakProblem> | undefined;
  for (const numbers of stale) {
    if (isStopping()) break;
    const done = await respeak(ports, numbers);
    const { id } = numbers.bulletin;
    if (done.ok) made += 1;
    else failed ??= done;
    if (done.ok) ports.log.info({ event: 'bulletinRespoken', bulletin: id, as: done.value.id });
    else ports.log.warn({ event: 'bulletinNotRespoken', bulletin: id, code: done.problem.code });
  }
  return failed ?? ok(made);
};
