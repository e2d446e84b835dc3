import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEspeakSpeech } from '#content/espeak-speech.ts';
import { toSpokenText } from '#content/spoken-text.ts';
import { systemClock } from '#runtime/clock.ts';
import { measureSound } from '../support/speech.ts';

const SENTENCE = 'Kính thưa bà con, đây là bản tin của xã.';

let folder = '';
const speech = createEspeakSpeech(systemClock());

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'speech-'));
});
afterAll(() => rm(folder, { recursive: true }));

const speakSeconds = async (text: string): Promise<number> => {
  const path = join(folder, 'spoken.wav');
  const spoken = await speech.speak(text, path);
  if (!spoken.ok) throw new Error(JSON.stringify(spoken.problem));
  return (await measureSound(path)).samples / 48_000;
};

describe('a text is spoken', () => {
  test('slowly enough for loudspeakers: 120 to 170 syllables a minute', async () => {
    const text = Array.from({ length: 10 }, () => SENTENCE).join(' ');
    const perMinute = (text.split(' ').length / (await speakSeconds(text))) * 60;
    expect(perMinute).toBeGreaterThan(120);
    expect(perMinute).toBeLessThan(170);
  });

  test('with a pause between its sentences', async () => {
    const apart = await speakSeconds('Xin chào bà con. Xin chào bà con.');
    const together = await speakSeconds('Xin chào bà con xin chào bà con.');
    expect(apart - together).toBeGreaterThan(0.3);
  });

  test('alike in composed and decomposed letters', async () => {
    const decomposed = await speakSeconds(SENTENCE.normalize('NFD'));
    expect(decomposed).toBe(await speakSeconds(SENTENCE));
  });

  test.each([
    { text: '-w /tmp/elsewhere.wav', why: 'looks like options' },
    { text: '--version', why: 'looks like an option' },
    { text: '$(reboot) `reboot` ; reboot', why: 'a shell would run it' },
  ])('and never taken for a command: $text ($why)', async ({ text }) => {
    expect(await speakSeconds(text)).toBeGreaterThan(0.4);
  });
});

describe('a text that cannot be spoken is refused and leaves nothing behind', () => {
  test.each([
    { text: '', code: 'textEmpty', why: 'nothing was typed' },
    { text: ' \n\t\r\n ', code: 'textEmpty', why: 'only blanks' },
    { text: '… — !!! ???', code: 'textEmpty', why: 'nothing that could be said' },
    { text: '\u0000\u0007\u200b\ufeff', code: 'textEmpty', why: 'only characters unheard' },
    { text: 'a'.repeat(40_001), code: 'textTooLong', why: 'a character over the bound' },
  ])('$code: $why', async ({ text, code }) => {
    const path = join(folder, 'refused.wav');
    const spoken = await speech.speak(text, path);
    expect(spoken.ok ? 'spoken' : spoken.problem.code).toBe(code);
    expect(await readdir(folder)).not.toContain('refused.wav');
  });

  test('speechFailed: a voice that is not installed', async () => {
    const path = join(folder, 'refused.wav');
    const absent = createEspeakSpeech(systemClock(), { voice: 'qqq', wordsPerMinute: 130 });
    const spoken = await absent.speak(SENTENCE, path);
    expect(spoken.ok ? 'spoken' : spoken.problem.code).toBe('speechFailed');
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });
});

describe('what reaches the synthesizer', () => {
  test.each([
    { given: 'Một. Hai! Ba?', spoken: 'Một.\n\nHai!\n\nBa?', why: 'a paragraph per sentence' },
    { given: 'Một\r\nHai\u2028Ba', spoken: 'Một\n\nHai\n\nBa', why: 'line ends of any kind' },
    { given: 'a\u0001b\u200bc\u0007', spoken: 'abc', why: 'control characters command a voice' },
    { given: '[[h@l@U]]', spoken: 'h@l@U', why: 'double brackets start phoneme codes' },
    { given: 'xã'.normalize('NFD'), spoken: 'xã'.normalize('NFC'), why: 'one form of letters' },
    { given: '1.500 đồng', spoken: '1.500 đồng', why: 'a point inside a number ends nothing' },
  ])('$given ($why)', ({ given, spoken }) => {
    expect(toSpokenText(given)).toBe(spoken);
  });
});
