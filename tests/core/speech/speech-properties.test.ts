import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLexicon } from '#core/speech/lexicon.ts';
import { normaliseSpeech } from '#core/speech/normalise-speech.ts';
import { speechPieces } from '#core/speech/speech-pieces.ts';
import { readSpeechVectors } from './read-speech-vectors.ts';

/** The most that one unit of a script may become, and what a word of the lexicon may add. */
const MAX_GROWTH = 24;
const MAX_WORD = 60;

const scraps = [
  ...['7h30', '5-10%', '03/01/2025', '500.000đ', '0237.3xxx', '479/KH-CAT-PV01', 'XIII', 'UBND'],
  ...[
    'Zalo',
    'congan.gov.vn',
    '+84',
    'quý ',
    'ngày ',
    'thứ ',
    'gọi ',
    '113',
    '-',
    '/',
    '.',
    ',',
    ' ',
  ],
  ...[
    '\n',
    '(',
    '"',
    '{a.b}',
    '{',
    'm2',
    '%',
    'QL1A',
    '…',
    ':',
    '🎉',
    'ế',
    '\u0301',
    '٣',
    'x',
    '$',
  ],
];
const scripts = fc
  .array(fc.oneof(fc.constantFrom(...scraps), fc.string({ unit: 'binary' })), { maxLength: 24 })
  .map((parts) => parts.join(''));

const inputs = readSpeechVectors().map(({ input }) => input);
const marks = [' ', ', ', '. ', '\n', ' - ', '; ', ' (', ') ', ': ', ' và '];
const written = fc
  .array(fc.tuple(fc.constantFrom(...inputs), fc.constantFrom(...marks)), { maxLength: 12 })
  .map((parts) => parts.flat().join(''));

const placeholders = /\{[\p{L}\p{N}._-]{1,80}\}/gu;
const isCovered = (at: number, changes: readonly { from: number; to: number }[]): boolean =>
  changes.some(({ from, to }) => from <= at && at < to);

describe('whatever is typed', () => {
  test('is read without a failure', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        expect(normaliseSpeech(script).source).toBe(
          normaliseSpeech(script).source.normalize('NFC'),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('of what people write, the answer is words: read again, nothing in it changes', () => {
    fc.assert(
      fc.property(written, (script) => {
        const { spoken } = normaliseSpeech(script);
        expect(normaliseSpeech(spoken).spoken).toBe(spoken);
      }),
      { numRuns: 500 },
    );
  });

  test('has every digit in a change, unless a placeholder holds it', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { source, changes } = normaliseSpeech(script);
        const open = source.replace(placeholders, (name) => ' '.repeat(name.length));
        const left = [...open.matchAll(/\p{Nd}/gu)].filter(
          ({ index }) => !isCovered(index, changes),
        );
        expect(left.map(([digit]) => digit)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('is changed in order, in places that do not overlap', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { source, changes } = normaliseSpeech(script);
        let end = 0;
        for (const { from, to } of changes) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(source.length);
      }),
    );
  });

  test('is read alike in composed and decomposed letters', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        expect(normaliseSpeech(script.normalize('NFD'))).toEqual(
          normaliseSpeech(script.normalize('NFC')),
        );
      }),
    );
  });

  test('does not grow without bound', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { spoken } = normaliseSpeech(script);
        expect(spoken.length).toBeLessThanOrEqual(MAX_GROWTH * script.length + MAX_WORD);
      }),
    );
  });

  test('is the pieces of its preview, put together', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const read = normaliseSpeech(script);
        expect(
          speechPieces(read)
            .map(({ text }) => text)
            .join(''),
        ).toBe(read.spoken);
      }),
    );
  });
});

/** A hundred thousand characters that a careless rule would read again and again. */
const longScripts = [
  ...[
    '1',
    '1.',
    '1.234.',
    '1,',
    '1,234,',
    '0',
    'A',
    'a',
    'A-',
    '1-',
    '1/',
    '1 ',
    ' ',
    '\t.',
    '"',
    '-',
  ],
  ...[
    '(',
    '{',
    '{a',
    '.',
    '… ',
    'a.',
    'a@',
    'http://',
    'UBND ',
    'XIII',
    '+8',
    '7h',
    '🎉',
    'ế',
    '12:',
    '$',
  ],
].map((unit) => ({ unit, script: unit.repeat(Math.ceil(100_000 / unit.length)) }));

describe('a long script takes no more looks at each character than a short one', () => {
  test.each(longScripts)('$unit', ({ script }) => {
    const { spoken } = normaliseSpeech(script);
    expect(spoken.length).toBeLessThanOrEqual(MAX_GROWTH * script.length);
  });
});

describe('the words of the site', () => {
  const say = (text: string, own: Parameters<typeof createLexicon>[0]) =>
    normaliseSpeech(text, { usage: 'north', lexicon: createLexicon(own) }).spoken;

  test('are said as the site says them', () => {
    expect(
      say('BĐMN sang Lazada', [
        { written: 'BĐMN', spoken: 'ban điều hành' },
        { written: 'Lazada', spoken: 'la da đa' },
      ]),
    ).toBe('ban điều hành sang la da đa');
  });

  test('go before the words that come with the program', () => {
    expect(say('Zalo', [{ written: 'Zalo', spoken: 'Gia lô' }])).toBe('Gia lô');
  });

  test('can switch such a word off', () => {
    expect(say('Zalo', [{ written: 'Zalo', spoken: null }])).toBe('Zalo');
  });

  test('are found in decomposed letters', () => {
    expect(say('Trạm Y', [{ written: 'Trạm Y'.normalize('NFD'), spoken: 'trạm y tế' }])).toBe(
      'trạm y tế',
    );
  });
});

test('in the south it is said in southern words', () => {
  const reading = { usage: 'south', lexicon: createLexicon() } as const;
  expect(normaliseSpeech('1.005.000đ, 500k', reading).spoken).toBe(
    'một triệu không trăm lẻ năm ngàn đồng, năm trăm ngàn',
  );
});
