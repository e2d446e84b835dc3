import { describe, expect, test } from 'vitest';
import { missingNumbers, numbersFor, placeholdersIn, placesOf } from '#core/speech/hotlines.ts';
import { createLexicon } from '#core/speech/lexicon.ts';
import { normaliseSpeech } from '#core/speech/normalise-speech.ts';

const [province, commune, east, west] = ['tinh', 'xa', 'dong', 'tay'];
const paths = { east: [east, commune, province], west: [west, commune, province] };
const line = (key: string, unit: string | null, number: string | null) => ({ key, unit, number });

test('each placeholder of a script is asked for once, in whatever letters it is written', () => {
  const script = 'Gọi {cong-an-xa}, {truong-thon}, nhắc lại {cong-an-xa}. {không phải} {} {\n}';
  expect(placeholdersIn(script)).toEqual(['cong-an-xa', 'truong-thon']);
  expect(placeholdersIn('{công-an}'.normalize('NFD'))).toEqual(['công-an']);
});

describe('the number that a script reads', () => {
  const lines = [
    line('police', null, '113'),
    line('police', commune, '0237 3721 150'),
    line('head', east, '0912 345 678'),
    line('head', west, '0987 654 321'),
    line('clinic', west, null),
    line('clinic', commune, '115'),
  ];
  test.each([
    { key: 'police', for: [paths.east], number: '0237 3721 150', why: 'the commune is nearest' },
    { key: 'police', for: [[province]], number: '113', why: 'the commune does not stand above' },
    { key: 'police', for: [[]], number: '113', why: 'a unit that is gone has the site’s' },
    { key: 'head', for: [paths.east], number: '0912 345 678', why: 'its own village' },
    { key: 'head', for: [paths.east, paths.west], number: null, why: 'two villages, two heads' },
    { key: 'head', for: [[commune, province]], number: null, why: 'the commune has none itself' },
    { key: 'police', for: [paths.east, paths.west], number: '0237 3721 150', why: 'one for both' },
    { key: 'clinic', for: [paths.west], number: null, why: 'said to have none' },
    { key: 'other', for: [paths.east], number: null, why: 'nobody has entered it' },
  ])('is $number for $key: $why', ({ key, number, ...placed }) => {
    const numbers = numbersFor(`Gọi {${key}}.`, lines, placed.for);
    expect([...numbers]).toEqual([[key, number]]);
    expect(missingNumbers(numbers)).toEqual(number === null ? [key] : []);
  });
});

test('a number is looked for on every way up, as far as the nearest place that has a line', () => {
  const lines = [line('clinic', commune, '115'), line('clinic', west, null)];
  const all = [paths.east, paths.west];
  expect([...placesOf('clinic', lines, all)]).toEqual([east, commune, west]);
  expect([...placesOf('other', lines, [[province]])]).toEqual([province, null]);
});

describe('a placeholder is read', () => {
  const read = (script: string, numbers: Record<string, string | null>) =>
    normaliseSpeech(script, {
      usage: 'north',
      lexicon: createLexicon(),
      numbers: new Map(Object.entries(numbers)),
    });

  test.each([
    { number: '113', spoken: 'Gọi một một ba.' },
    { number: '0237.3721150', spoken: 'Gọi không hai ba bảy, ba bảy hai một, một năm không.' },
    {
      number: '+84 912 345 678',
      spoken: 'Gọi cộng tám bốn, chín một hai, ba bốn năm, sáu bảy tám.',
    },
    { number: null, spoken: 'Gọi chưa có số.' },
  ])('as $number, digit by digit, and marked', ({ number, spoken }) => {
    const { source, changes, ...told } = read('Gọi {cong-an-xa}.', { 'cong-an-xa': number });
    expect(told.spoken).toBe(spoken);
    expect(source).toBe('Gọi {cong-an-xa}.');
    expect(changes).toMatchObject([{ from: 4, to: 16, kind: 'hotline' }]);
  });

  test('as it stands where nothing is known of it', () => {
    expect(read('Gọi {cong-an-xa}.', {}).spoken).toBe('Gọi {cong-an-xa}.');
  });
});
