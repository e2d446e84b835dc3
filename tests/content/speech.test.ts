import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEspeakSpeech } from '#content/espeak-speech.ts';
import type { VoiceManner } from '#content/ports.ts';
import { toSentences } from '#content/spoken-text.ts';
import { systemClock } from '#runtime/clock.ts';
import { DEFAULT_VOICE_ID, usualManner } from '#schemas/speech.ts';
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
    const voice = { id: 'espeak/qqq', engine: 'espeak', name: 'qqq' } as const;
    const absent = createEspeakSpeech(systemClock(), [voice]);
    const spoken = await absent.speak(SENTENCE, path, { ...usualManner, voice: voice.id });
    expect(spoken.ok ? 'spoken' : spoken.problem.code).toBe('speechFailed');
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });
});

describe('what reaches the synthesizer', () => {
  test.each([
    { given: 'Một. Hai! Ba?', spoken: ['Một.', 'Hai!', 'Ba?'], why: 'sentence by sentence' },
    { given: 'Một\r\nHai\u2028Ba', spoken: ['Một', 'Hai', 'Ba'], why: 'line ends of any kind' },
    { given: 'a\u0001b\u200bc\u0007', spoken: ['abc'], why: 'control characters command a voice' },
    { given: '[[h@l@U]]', spoken: ['h@l@U'], why: 'double brackets start phoneme codes' },
    { given: 'xã'.normalize('NFD'), spoken: ['xã'.normalize('NFC')], why: 'one form of letters' },
    { given: '1.500 đồng', spoken: ['1.500 đồng'], why: 'a point inside a number ends nothing' },
  ])('$given ($why)', ({ given, spoken }) => {
    expect(toSentences(given)).toEqual(spoken);
  });
});

describe('the manner of a script', () => {
  const secondsAs = async (manner: Partial<VoiceManner>) => {
    const path = join(folder, 'manner.wav');
    const spoken = await speech.speak(`${SENTENCE} ${SENTENCE}`, path, {
      ...usualManner,
      ...manner,
    });
    if (!spoken.ok) throw new Error(JSON.stringify(spoken.problem));
    return (await measureSound(path)).samples / 48_000;
  };

  test('a pause of two seconds lasts two seconds longer than none', async () => {
    const longer = (await secondsAs({ pauseMs: 2000 })) - (await secondsAs({ pauseMs: 0 }));
    expect(longer).toBeGreaterThan(1.7);
    expect(longer).toBeLessThan(2.3);
  });

  test('half the speed takes half as long again and more', async () => {
    const slow = await secondsAs({ speedPercent: 60, pauseMs: 0 });
    expect(slow / (await secondsAs({ speedPercent: 120, pauseMs: 0 }))).toBeGreaterThan(1.5);
  });

  test('each voice of espeak-ng speaks', async () => {
    const voices = await speech.voices();
    expect(voices.map(({ id }) => id)).toContain(DEFAULT_VOICE_ID);
    for (const { id } of voices) expect(await secondsAs({ voice: id })).toBeGreaterThan(2);
  });

  test('a voice that is not there is refused', async () => {
    const path = join(folder, 'unknown.wav');
    const spoken = await speech.speak(SENTENCE, path, { ...usualManner, voice: 'espeak/../vi' });
    expect(spoken).toMatchObject({ problem: { code: 'voiceUnknown', voice: 'espeak/../vi' } });
  });

  test('signs of the markup are read, and mark nothing', async () => {
    const path = join(folder, 'markup.wav');
    const spoken = await speech.speak('<break time="9s"/> a & b < c', path);
    expect(spoken.ok).toBe(true);
    expect((await measureSound(path)).samples / 48_000).toBeLessThan(8);
  });
});
