import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadOwnTopics, loadTopicPack } from '#content/packs/load-topic-pack.ts';
import type { TopicPack } from '#content/packs/topic-pack.ts';
import { placeholdersIn } from '#core/speech/hotlines.ts';
import { createLexicon } from '#core/speech/lexicon.ts';
import { normaliseSpeech } from '#core/speech/normalise-speech.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const TOPICS = join(import.meta.dirname, '..', '..', 'content', 'packs', 'topics');

let packs: readonly TopicPack[];

beforeAll(async () => {
  const loaded = await loadOwnTopics();
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problem));
  packs = loaded.value;
});

test('there is a topic for each campaign of the directives, one of hotlines, one of idents, and one of drills', () => {
  expect(packs.map(({ key }) => key)).toEqual([
    'dien-tap-khan-cap',
    'duong-day-nong',
    'loi-xuong',
    'lua-dao-truc-tuyen',
    'lua-dao-viec-lam',
    'ma-tuy',
    'mua-ban-nguoi',
    'phao-no',
    'phong-chay-chua-chay',
  ]);
});

test('what two directives demand of loudspeakers stands in their rules', () => {
  const rulesOf = (key: string) => packs.find((pack) => pack.key === key)?.rules;
  expect(rulesOf('lua-dao-viec-lam')).toMatchObject([
    { scope: 'own', minOccurrences: 2, minMinutes: 30, unlessUnitAired: false },
  ]);
  expect(rulesOf('mua-ban-nguoi')).toMatchObject([
    { scope: 'own', minOccurrences: 1, minMinutes: null, unlessUnitAired: false },
    { scope: 'each', level: 'village', minOccurrences: 1, unlessUnitAired: true },
  ]);
});

test('every text is words that a voice can read as they stand', () => {
  for (const { bulletins } of packs) {
    for (const { key, script } of bulletins) {
      const words = script.replaceAll(/\{[^}]*\}/g, '');
      expect(words, key).not.toMatch(/[0-9]|\p{Lu}{2,}|[<>{}[\]_]|\.\.\./u);
      expect(script, key).toBe(script.normalize('NFC'));
    }
  }
});

test('every text says who provided it', () => {
  for (const { bulletins } of packs) {
    for (const { key, supplier } of bulletins) expect(supplier, key).not.toBeNull();
  }
});

test('every bulletin of a campaign is one to three minutes of speech', () => {
  for (const { campaign, bulletins } of packs) {
    if (campaign === null) continue;
    for (const { key, script } of bulletins) {
      const syllables = script.split(/\s+/).length;
      expect(syllables, key).toBeGreaterThan(150);
      expect(syllables, key).toBeLessThan(320);
    }
  }
});

test('a drill says that it is one when it begins, in its middle and when it ends', () => {
  const drills = packs.find(({ key }) => key === 'dien-tap-khan-cap')?.bulletins ?? [];
  expect(drills.length).toBeGreaterThan(0);
  for (const { priority, script } of drills) {
    const paragraphs = script.split('\n').filter((line) => line !== '');
    expect(paragraphs.length).toBeGreaterThanOrEqual(3);
    for (const paragraph of paragraphs) expect(paragraph).toMatch(/diễn tập/i);
    expect(priority).toBe('emergency');
  }
});

test('no text stands twice', () => {
  const scripts = packs.flatMap(({ bulletins }) => bulletins.map(({ script }) => script));
  expect(new Set(scripts).size).toBe(scripts.length);
});

test('a number stands where the text asks for it, and is read digit by digit', () => {
  const hotlines = packs.find(({ key }) => key === 'duong-day-nong');
  const script = hotlines?.bulletins[0]?.script ?? '';
  expect(placeholdersIn(script)).toEqual(['cong-an-xa', 'cong-an-tinh']);
  const numbers = new Map([
    ['cong-an-xa', '02373721150'],
    ['cong-an-tinh', '0692888999'],
  ]);
  const reading = { usage: 'north', lexicon: createLexicon(), numbers } as const;
  expect(normaliseSpeech(script, reading).spoken).toContain(
    'số không hai ba bảy, ba bảy hai một, một năm không',
  );
});

describe('a topic that does not hold together is refused with the file and the flaw', () => {
  test.each([
    { topic: 'ma-tuy', from: '"ma-tuy-nup-bong"', to: '"x"', why: 'a text that is not there' },
    { topic: 'duong-day-nong', from: '"truong-thon"', to: '"thon"', why: 'a number nobody has' },
    { topic: 'mua-ban-nguoi', from: '2023-09-20', to: '2023-09-31', why: 'no such day' },
    { topic: 'ma-tuy', from: '"v": 1', to: '"v": 2', why: 'a version of later' },
  ])('$topic: $why', async ({ topic, from, to }) => {
    const folder = await temporaryFolder();
    await cp(join(TOPICS, topic), folder, { recursive: true });
    const path = join(folder, 'pack.json');
    const before = await readFile(path, 'utf8');
    expect(before).toContain(from);
    await writeFile(path, before.replace(from, to));
    expect(await loadTopicPack(folder)).toMatchObject({
      ok: false,
      problem: { code: 'packInvalid' },
    });
  });
});
