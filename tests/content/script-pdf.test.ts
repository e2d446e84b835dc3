import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readScriptFile } from '#content/script-file/read-script-file.ts';
import { systemClock } from '#runtime/clock.ts';
import { smallPdf } from '../support/small-pdf.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const run = promisify(execFile);

/** Starting a browser and another runtime takes long on a busy machine. */
const WAIT_MS = 60_000;

const clock = systemClock();
const read = (bytes: Buffer) => readScriptFile(bytes, clock);
const codeOf = async (bytes: Buffer) => {
  const answer = await read(bytes);
  return answer.ok ? answer.value : answer.problem.code;
};

/** The page as Chromium prints it, which makes the letters of its own text layer. */
const print = async (body: string, css = ''): Promise<Buffer> => {
  const folder = await temporaryFolder();
  const page = join(folder, 'page.html');
  const target = join(folder, 'page.pdf');
  const style = `@page{size:A4;margin:20mm}body{font:14pt 'Noto Serif',serif}${css}`;
  const head = `<!doctype html><html lang="vi"><meta charset="utf-8"><style>${style}</style>`;
  await writeFile(page, `${head}<body>${body}</body></html>`);
  const quiet = ['--headless', '--no-sandbox', '--disable-gpu', '--no-pdf-header-footer'];
  const where = [`--user-data-dir=${join(folder, 'profile')}`, `--print-to-pdf=${target}`, page];
  await run('chromium', [...quiet, ...where]);
  return readFile(target);
};

const LONG =
  'Ủy ban nhân dân xã Đồng Mây kính mời toàn thể bà con nhân dân trong xã đến dự buổi họp tuyên ' +
  'truyền phòng, chống lừa đảo trên không gian mạng, được tổ chức vào lúc 7h30 ngày 3/12/2026 tại ' +
  'nhà văn hóa thôn Đoài. Đề nghị bà con đến đúng giờ và mang theo căn cước công dân.';

describe('a printed text is read', () => {
  test(
    'with its Vietnamese letters, a line for each paragraph however it was broken',
    async () => {
      const bytes = await print(
        `<table width="100%"><tr><td>ỦY BAN NHÂN DÂN<br>XÃ ĐỒNG MÂY</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA
         VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</td></tr></table><h2>THÔNG BÁO</h2>
         <p>${LONG}</p><p>${LONG.normalize('NFD')}</p><ol><li>Mang căn cước.</li>
         <li>Đến đúng giờ.</li></ol><p>Trân trọng thông báo!</p>`,
      );
      const text = await read(bytes);
      expect(text.ok && text.value.split('\n')).toEqual([
        ...['ỦY BAN NHÂN DÂN', 'XÃ ĐỒNG MÂY', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
        ...['Độc lập - Tự do - Hạnh phúc', 'THÔNG BÁO', LONG, LONG],
        ...['1. Mang căn cước.', '2. Đến đúng giờ.', 'Trân trọng thông báo!'],
      ]);
    },
    WAIT_MS,
  );

  test(
    'in columns, indented and over several pages, without heads, feet and numbers of pages',
    async () => {
      const paragraphs = Array.from({ length: 40 }, (_, at) => {
        const words = LONG.split(' ');
        return `Đoạn số ${at + 1}: ${[...words.slice(at), ...words.slice(0, at)].join(' ')}.`;
      });
      const bytes = await print(
        paragraphs.map((one) => `<p>${one}</p>`).join(''),
        `p{margin:0;text-indent:1cm;line-height:1.5;text-align:justify}
         @page{@top-center{content:"Đài truyền thanh xã Đồng Mây"}
         @bottom-center{content:"Trang " counter(page) "/" counter(pages)}}`,
      );
      const text = await read(bytes);
      expect(text.ok && text.value.split('\n')).toEqual(paragraphs);
      const columns = await print(`<p>${LONG}</p><p>${LONG}</p>`, 'body{columns:2}');
      expect(await codeOf(columns)).toBe(`${LONG}\n${LONG}`);
    },
    WAIT_MS,
  );

  test(
    'with words whole that were parted at the end of a line',
    async () => {
      const lines = ['Phòng Cô-', 'vít và infor-', 'mation cho bà con.'];
      expect(await codeOf(smallPdf({ lines }))).toBe('Phòng Cô-vít và information cho bà con.');
    },
    WAIT_MS,
  );
});

const huge = () => deflateSync(Buffer.alloc(300_000_000, ' '), { level: 1 });

describe('a PDF from which no script can be read is refused', () => {
  test.each([
    { code: 'scriptFileNoText', why: 'a scan', make: () => smallPdf({ lines: [] }) },
    { code: 'scriptFileEncrypted', why: 'a password', make: () => smallPdf({ isLocked: true }) },
    {
      code: 'scriptFileBroken',
      why: 'cut',
      make: () => smallPdf({ lines: ['a'] }).subarray(0, 200),
    },
    { code: 'scriptFileBroken', why: 'no PDF', make: () => Buffer.from('%PDF-1.7\nBà con') },
    { code: 'scriptFileBroken', why: 'too many pages', make: () => smallPdf({ pages: 201 }) },
    { code: 'scriptFileBroken', why: 'a bomb', make: () => smallPdf({ content: huge() }) },
    {
      code: 'textTooLong',
      why: 'more than is read out',
      make: () => smallPdf({ lines: Array.from({ length: 50 }, () => 'a'.repeat(100)), pages: 20 }),
    },
  ])('$code: $why', async ({ code, make }) => expect(await codeOf(make())).toBe(code), WAIT_MS);
});
