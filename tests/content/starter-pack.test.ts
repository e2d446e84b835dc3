import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEspeakSpeech } from '#content/espeak-speech.ts';
import { loadPack, STARTER_PACK_FOLDER } from '#content/packs/load-pack.ts';
import type { StarterPack } from '#content/packs/pack.ts';
import { systemClock } from '#runtime/clock.ts';

/** 22,050 samples a second of 16 bits. */
const BYTES_PER_SECOND = 44_100;

let folder = '';
let pack: StarterPack;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pack-'));
  const loaded = await loadPack(STARTER_PACK_FOLDER);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problem));
  pack = loaded.value;
});
afterAll(() => rm(folder, { recursive: true }));

describe('the starter commune', () => {
  test('has three villages, one speaker and the rule that the directive demands', () => {
    expect(pack.units.map(({ level }) => level)).toEqual([
      'commune',
      'village',
      'village',
      'village',
    ]);
    expect(pack.speakers.map(({ unit }) => unit)).toEqual([pack.units[1]?.key]);
    expect(pack.site.zone).toBe('Asia/Ho_Chi_Minh');
    expect(pack.site.quietHours).toEqual([{ from: '21:00', to: '05:00' }]);
    expect(pack.validDays).toBe(90);
    expect(pack.rules).toMatchObject([
      {
        minOccurrences: 2,
        minMinutes: 30,
        dayparts: [
          { from: '05:30', to: '06:30' },
          { from: '17:00', to: '18:30' },
        ],
      },
    ]);
  });

  test('has texts that a voice can read as they stand', () => {
    for (const { key, script } of pack.bulletins) {
      expect(script, key).not.toMatch(/[0-9]/);
      expect(script, `${key}: an abbreviation`).not.toMatch(/\p{Lu}{2,}/u);
      expect(script, `${key}: a placeholder`).not.toMatch(/[<>{}[\]_]|\.\.\./);
      expect(script, key).toBe(script.normalize('NFC'));
    }
  });

  test('speaks every bulletin in 60 to 150 seconds, the trial in 20 to 30', async () => {
    const speech = createEspeakSpeech(systemClock());
    const counted = pack.bulletins.filter(({ campaigns }) => campaigns.length > 0);
    const trial = pack.bulletins.filter((bulletin) => bulletin.trial);
    expect(counted.length).toBeGreaterThanOrEqual(8);
    expect(trial).toHaveLength(1);
    const secondsOf = async (script: string) => {
      const path = join(folder, 'spoken.wav');
      expect((await speech.speak(script, path)).ok).toBe(true);
      return (await stat(path)).size / BYTES_PER_SECOND;
    };
    for (const { key, script } of counted) {
      const seconds = await secondsOf(script);
      expect(seconds, key).toBeGreaterThan(60);
      expect(seconds, key).toBeLessThan(150);
    }
    const trialSeconds = await secondsOf(trial[0]?.script ?? '');
    expect(trialSeconds).toBeGreaterThan(20);
    expect(trialSeconds).toBeLessThan(30);
    expect(trial[0]?.script).toMatch(/^Đây là buổi phát thử/);
  });
});

describe('a pack that does not hold together is refused with the file and the flaw', () => {
  const edit = async (file: string, from: string, to: string) => {
    const copy = await mkdtemp(join(folder, 'copy-'));
    await cp(STARTER_PACK_FOLDER, copy, { recursive: true });
    const path = join(copy, file);
    const before = await readFile(path, 'utf8');
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    await writeFile(path, after);
    return loadPack(copy);
  };
  test.each([
    { file: 'pack.json', from: '"parent": "dong-may"', to: '"parent": "x"', why: 'no such unit' },
    { file: 'pack.json', from: '"key": "go-nang"', to: '"key": "ben-sao"', why: 'a key twice' },
    { file: 'pack.json', from: '"21:00"', to: '"25:00"', why: 'no such time' },
    { file: 'pack.json', from: 'Xã', to: 'Xã'.normalize('NFD'), why: 'decomposed letters' },
    { file: 'pack.json', from: '"v": 1', to: '"v": 2', why: 'a version of later' },
    {
      file: 'pack.json',
      from: '"loi-chao-ket"',
      to: '"loi-chao"',
      why: 'a text that is not there',
    },
    { file: 'pack.json', from: '{', to: '', why: 'no JSON' },
    {
      file: 'bulletins/viec-nhe-luong-cao.json',
      from: '"xuat-canh-lao-dong"',
      to: '"other"',
      why: 'no such campaign',
    },
  ])('$file: $why', async ({ file, from, to }) => {
    const loaded = await edit(file, from, to);
    expect(loaded).toMatchObject({ ok: false, problem: { code: 'packInvalid' } });
  });
});
