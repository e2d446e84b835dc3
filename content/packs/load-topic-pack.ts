import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { placeholdersIn } from '#core/speech/hotlines.ts';
import { ok, type Result } from '#schemas/result.ts';
import { UNIT_NAME_KEY } from '#schemas/unit-name-key.ts';
import { type PackProblem, packInvalid, readAs, readTexts } from './read-pack.ts';
import { type TopicPack, topicBulletinSchema, topicFileSchema } from './topic-pack.ts';

/** The topics that come with the program. */
const TOPICS_FOLDER = fileURLToPath(new URL('./topics', import.meta.url));

const repeated = (kind: string, keys: readonly string[]): string[] =>
  new Set(keys).size === keys.length ? [] : [`${kind}: key repeated`];

const flawsOf = (pack: TopicPack): string[] => {
  const numbers = pack.numbers.map(({ key }) => key);
  const asked = pack.bulletins.flatMap(({ key, script }) =>
    placeholdersIn(script)
      .filter((number) => number !== UNIT_NAME_KEY)
      .map((number) => ({ key, number })),
  );
  const isAsked = new Set(asked.map(({ number }) => number));
  const isRuled = pack.rules.length === 0 || pack.campaign !== null;
  return [
    ...repeated('numbers', numbers),
    ...repeated(
      'bulletins',
      pack.bulletins.map(({ key }) => key),
    ),
    ...(isRuled ? [] : ['rules: campaign missing']),
    ...asked
      .filter(({ number }) => !numbers.includes(number))
      .map(({ key, number }) => `bulletins.${key}: ${number} unknown`),
    ...numbers.filter((key) => !isAsked.has(key)).map((key) => `numbers.${key}: not used`),
  ];
};

/** The topic in a folder, checked to its last placeholder. Errors: packInvalid. */
export const loadTopicPack = async (folder: string): Promise<Result<TopicPack, PackProblem>> => {
  const path = join(folder, 'pack.json');
  const file = await readAs(path, topicFileSchema);
  if (!file.ok) return file;
  const bulletins = await readTexts(folder, file.value.bulletins, topicBulletinSchema);
  if (!bulletins.ok) return bulletins;
  const pack: TopicPack = { ...file.value, bulletins: bulletins.value };
  const flaws = flawsOf(pack);
  return flaws.length === 0 ? ok(pack) : packInvalid(path, flaws.join('; '));
};

/** The topics that come with the program, by their keys. Errors: packInvalid. */
export const loadOwnTopics = async (): Promise<Result<readonly TopicPack[], PackProblem>> => {
  const packs: TopicPack[] = [];
  for (const name of (await readdir(TOPICS_FOLDER)).toSorted()) {
    const pack = await loadTopicPack(join(TOPICS_FOLDER, name));
    if (!pack.ok) return pack;
    packs.push(pack.value);
  }
  return ok(packs);
};
