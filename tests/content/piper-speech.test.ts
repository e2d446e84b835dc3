import { mkdtempSync } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEspeakSpeech } from '#content/espeak-speech.ts';
import { createPiperSpeech } from '#content/piper-speech.ts';
import type { VoiceManner } from '#content/ports.ts';
import { createSeveralVoices } from '#content/several-voices.ts';
import { systemClock } from '#runtime/clock.ts';
import { DEFAULT_VOICE_ID, usualManner } from '#schemas/speech.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const STAND_IN = join(import.meta.dirname, '../support/processes/stand-in-piper.mjs');
const BYTES_PER_SECOND = 44_100;
const HEADER_BYTES = 44;
const TEN_WORDS = 'Kính thưa bà con. Đây là bản tin của xã.';
const HOUR_MS = 3_600_000;

const folder = mkdtempSync(join(tmpdir(), 'piper-'));
const voiceFolder = join(folder, 'voices');
const path = join(folder, 'spoken.wav');
const piper = createPiperSpeech(systemClock(), { command: STAND_IN, voiceFolder });

const putVoice = async (name: string, model = 'a voice'): Promise<void> => {
  await writeFile(join(voiceFolder, `${name}.onnx`), model);
  await writeFile(join(voiceFolder, `${name}.onnx.json`), '{}');
};

beforeAll(async () => {
  await mkdir(voiceFolder);
  await putVoice('vi_VN-thu-medium');
});

afterAll(() => rm(folder, { recursive: true }));

const as = (name: string, manner: Partial<VoiceManner> = {}): VoiceManner => ({
  ...usualManner,
  pauseMs: 0,
  ...manner,
  voice: `piper/${name}`,
});
const secondsAs = async (manner: Partial<VoiceManner>): Promise<number> => {
  const spoken = await piper.speak(TEN_WORDS, path, as('vi_VN-thu-medium', manner));
  if (!spoken.ok) throw new Error(JSON.stringify(spoken.problem));
  return ((await stat(path)).size - HEADER_BYTES) / BYTES_PER_SECOND;
};

describe('a voice that the administrator drops into the folder', () => {
  test('is there at once, when its description lies beside it', async () => {
    await putVoice('giọng-nữ');
    await writeFile(join(voiceFolder, 'half.onnx'), 'no description');
    await writeFile(join(voiceFolder, '-option.onnx'), 'looks like an option');
    await writeFile(join(voiceFolder, 'README.txt'), 'no voice');
    expect((await piper.voices()).map(({ name }) => name)).toEqual([
      'giọng-nữ',
      'vi_VN-thu-medium',
    ]);
  });

  test('stands beside the voices of espeak-ng, and each speaks with its own program', async () => {
    const both = createSeveralVoices(createEspeakSpeech(systemClock()), piper);
    const ids = (await both.voices()).map(({ id }) => id);
    expect(ids).toContain(DEFAULT_VOICE_ID);
    expect(ids).toContain('piper/vi_VN-thu-medium');
    for (const voice of [DEFAULT_VOICE_ID, 'piper/vi_VN-thu-medium']) {
      expect(await both.speak(TEN_WORDS, path, { ...usualManner, voice })).toEqual({
        ok: true,
        value: undefined,
      });
    }
    expect(await both.speak(TEN_WORDS, path, as('nobody'))).toMatchObject({
      problem: { code: 'voiceUnknown' },
    });
  });

  test('no folder is no voice', async () => {
    const elsewhere = join(folder, 'not-there');
    const none = createPiperSpeech(systemClock(), { command: STAND_IN, voiceFolder: elsewhere });
    expect(await none.voices()).toEqual([]);
  });
});

describe('what Piper is told', () => {
  test('the speed as the scale of lengths', async () => {
    expect(await secondsAs({ speedPercent: 100 })).toBeCloseTo(2.5, 2);
    expect(await secondsAs({ speedPercent: 50 })).toBeCloseTo(5, 2);
  });

  test('the pause between sentences', async () => {
    expect(await secondsAs({ pauseMs: 1500 })).toBeCloseTo(4, 2);
  });

  test('the whole text in one line, however it was written', async () => {
    const lines = TEN_WORDS.replaceAll(' ', '\n');
    const spoken = await piper.speak(lines, path, as('vi_VN-thu-medium'));
    expect(spoken.ok).toBe(true);
    expect(((await stat(path)).size - HEADER_BYTES) / BYTES_PER_SECOND).toBeCloseTo(2.5, 2);
  });
});

describe('a voice that fails leaves nothing behind', () => {
  const refusedBy = async (name: string, speech = piper) => {
    await putVoice(name, name);
    const spoken = await speech.speak(TEN_WORDS, path.replace('spoken', name), as(name));
    expect((await readdir(folder)).filter((file) => file.startsWith(name))).toEqual([]);
    return spoken.ok ? 'spoken' : spoken.problem;
  };

  test.each([
    { name: 'fail', detail: /the model cannot be read/ },
    { name: 'text', detail: /no WAV file/ },
    { name: 'flood', detail: /passed its bound: output/ },
    { name: 'greed', detail: /./ },
  ])('$name', async ({ name, detail }) => {
    expect(await refusedBy(name)).toMatchObject({
      code: 'speechFailed',
      detail: expect.stringMatching(detail),
    });
  });

  test('hang: it is ended when its time is up', async () => {
    const clock = createFakeClock(0);
    const slow = createPiperSpeech(clock, { command: STAND_IN, voiceFolder });
    const refused = refusedBy('hang', slow);
    await expect.poll(async () => (await readdir(folder)).includes('hang.wav')).toBe(true);
    await clock.advance(HOUR_MS);
    expect(await refused).toMatchObject({ detail: expect.stringMatching(/bound: time/) });
  });

  test('a program that is not installed is named', async () => {
    const absent = createPiperSpeech(systemClock(), { command: 'no-such-piper', voiceFolder });
    expect(await refusedBy('absent', absent)).toEqual({
      code: 'audioToolMissing',
      tool: 'no-such-piper',
    });
  });
});
