import { describe, expect, test } from 'vitest';
import { normaliseSpeech } from '#core/speech/normalise-speech.ts';
import { readSpeechVectors } from './read-speech-vectors.ts';

const cases = readSpeechVectors();

describe('what is written is read as people say it', () => {
  test.each(cases)('$file: $input', ({ input, spoken }) => {
    expect(normaliseSpeech(input).spoken).toBe(spoken);
  });

  test('in decomposed letters too', () => {
    for (const { input, spoken } of cases) {
      expect(normaliseSpeech(input.normalize('NFD')).spoken).toBe(spoken);
    }
  });

  test('and what is words already is left as it is', () => {
    for (const { spoken } of cases) expect(normaliseSpeech(spoken).spoken).toBe(spoken);
  });

  test('in at least three hundred cases, none of them twice', () => {
    const inputs = cases.map(({ input }) => input);
    expect(inputs.length).toBeGreaterThanOrEqual(300);
    expect(new Set(inputs).size).toBe(inputs.length);
  });
});
