import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readScriptFile } from '#content/script-file/read-script-file.ts';
import { smallZip } from '#content/script-file/small-zip.ts';
import { writeWord } from '#content/script-file/write-word.ts';
import { systemClock } from '#runtime/clock.ts';

const clock = systemClock();
const readFile = (bytes: Buffer) => readScriptFile(bytes, clock);

const TEXT = 'Đây là bản tin của xã Đồng Mây.\nỦy ban nhân dân kính mời bà con đến dự họp.';

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/;
const byteBySign = new Map(
  Array.from({ length: 256 }, (_, byte) => [
    new TextDecoder('windows-1258').decode(Uint8Array.of(byte)),
    byte,
  ]),
);

/** As Windows wrote it: each tone behind its letter. */
const toWindows1258 = (text: string): Buffer => {
  const signs = [...text].flatMap((letter) => {
    const marks = [...letter.normalize('NFD')];
    const tone = marks.filter((mark) => TONES.test(mark));
    return [
      marks
        .filter((mark) => !TONES.test(mark))
        .join('')
        .normalize('NFC'),
      ...tone,
    ];
  });
  return Buffer.from(signs.map((sign) => byteBySign.get(sign) ?? 0x3f));
};

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('a plain text is read in whatever it was written in', () => {
  test.each([
    { how: 'UTF-8', bytes: Buffer.from(TEXT) },
    { how: 'UTF-8 with a mark', bytes: Buffer.from(`\ufeff${TEXT}`) },
    { how: 'UTF-8, decomposed', bytes: Buffer.from(TEXT.normalize('NFD')) },
    { how: 'UTF-16 with a mark', bytes: Buffer.from(`\ufeff${TEXT}`, 'utf16le') },
    { how: 'UTF-16, big end first', bytes: utf16be(`\ufeff${TEXT}`) },
    { how: 'UTF-16 without a mark', bytes: Buffer.from(TEXT, 'utf16le') },
    { how: 'Windows-1258', bytes: toWindows1258(TEXT) },
  ])('$how', async ({ bytes }) => {
    expect(await readFile(bytes)).toEqual({ ok: true, value: TEXT });
  });

  test.each([
    {
      how: 'TCVN3 (ABC)',
      written: '§©y lµ b¶n tin cña x·. KÝnh mêi bµ con ®Õn dù häp, ®ãng gãp ý kiÕn.',
      read: 'Đây là bản tin của xã. Kính mời bà con đến dự họp, đóng góp ý kiến.',
    },
    {
      how: 'VNI',
      written: 'Ñaây laø baûn tin cuûa xaõ. Kính môøi baø con ñeán döï hoïp, ñoùng goùp yù kieán.',
      read: 'Đây là bản tin của xã. Kính mời bà con đến dự họp, đóng góp ý kiến.',
    },
  ])('$how, in bytes and as it stands in a Word file', async ({ written, read }) => {
    expect(await readFile(Buffer.from(written, 'latin1'))).toEqual({ ok: true, value: read });
    expect(await readFile(Buffer.from(written))).toEqual({ ok: true, value: read });
  });

  test('and right letters stay as they are, beside foreign ones too', async () => {
    const mixed = 'Hoà bình, có café, jalapeño và São Paulo ở chợ.';
    expect(await readFile(Buffer.from(mixed))).toEqual({ ok: true, value: mixed });
  });
});

const word = (body: string): Buffer =>
  smallZip({
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<?xml version="1.0"?><w:document><w:body>${body}</w:body></w:document>`,
  });

describe('a Word file is read', () => {
  test('paragraph by paragraph, without what was deleted', async () => {
    const body = [
      '<w:p><w:pPr/><w:r><w:t xml:space="preserve">Kính thưa </w:t></w:r><w:r><w:t>bà con,</w:t></w:r></w:p>',
      '<w:p><w:r><w:t>A &amp; B &lt; C &#7844;</w:t><w:br/><w:delText>đã xóa</w:delText></w:r></w:p>',
      '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>7h30</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
    ].join('');
    expect(await readFile(word(body))).toEqual({
      ok: true,
      value: 'Kính thưa bà con,\nA & B < C Ấ\n\n7h30',
    });
  });

  test.each([
    {
      code: 'scriptFileBroken',
      why: 'it would unpack to more than is taken',
      bytes: smallZip({ 'word/document.xml': Buffer.alloc(64_000_000) }),
    },
    { code: 'scriptFileUnknown', why: 'another archive', bytes: smallZip({ 'a.txt': 'a' }) },
    { code: 'scriptFileUnknown', why: 'an archive cut off', bytes: word('<w:p/>').subarray(0, 80) },
    { code: 'textEmpty', why: 'nothing in it', bytes: word('<w:p/>') },
    { code: 'textTooLong', why: 'more than is read', bytes: Buffer.from('a '.repeat(20_001)) },
    {
      code: 'scriptFileUnknown',
      why: 'a picture',
      bytes: Buffer.from('89504e470d0a1a0a00', 'hex'),
    },
    {
      code: 'scriptFileUnknown',
      why: 'an old Word file',
      bytes: Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    },
  ])('$code: $why', async ({ code, bytes }) => {
    const answer = await readFile(bytes);
    expect(answer.ok ? 'read' : answer.problem.code).toBe(code);
  });

  test('or refused, whatever stands in it', async () => {
    const whole = word('<w:p><w:r><w:t>Kính thưa bà con</w:t></w:r></w:p>');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        async (changes) => {
          const bytes = Buffer.from(whole);
          for (const [at, byte] of changes) bytes[at] = byte;
          expect(await readFile(bytes)).toHaveProperty('ok');
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('a Word file holds no sign that Word refuses to open', async () => {
  const forbidden = '\u0000\u0008\u001f\ufffe\uffff\ud800';
  const word = writeWord(`Tin${forbidden} mới`, `Bà con${forbidden} chú ý 🔊.`);
  const read = await readScriptFile(word, systemClock());
  expect(read).toEqual({ ok: true, value: 'Tin mới\nBà con chú ý 🔊.' });
});
