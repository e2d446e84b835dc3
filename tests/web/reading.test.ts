import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Language } from '#schemas/messages/sentence.ts';
import { type SizeName, sizes } from './support/browser.ts';
import { chooseLanguage, said } from './support/console-page.ts';
import { look } from './support/looks.ts';
import { type OpenConsole, openConsole, STORY_MS, WAIT_MS } from './support/open-console.ts';
import { views } from './support/views.ts';

const SCRIPT =
  'UBND xã họp lúc 7h30 ngày 3/1.\nBà con mang CCCD, gọi 113 khi thấy kẻ lạ trên Zalo.';

let opened: OpenConsole;
let page: Page;

beforeAll(async () => {
  opened = await openConsole();
  ({ page } = await opened.arrive());
}, STORY_MS);
afterAll(() => opened?.end());

const openDialogue = async (
  { language, size }: { language: Language; size: SizeName },
  key: 'text' | 'words',
): Promise<void> => {
  await page.setViewportSize(sizes.pc);
  await page.goto(`${opened.server.url}/bulletins`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await chooseLanguage(page, language);
  await page.setViewportSize(sizes[size]);
  await page.getByRole('button', { name: said(language, key), exact: true }).click();
  await page.getByRole('dialog').locator('form').waitFor();
};

test.each(views)(
  'what a text will sound like is shown with its changes, in $language on a $size',
  async ({ language, size }) => {
    await openDialogue({ language, size }, 'text');
    const dialogue = page.getByRole('dialog');
    await dialogue.locator('input[type=file]').setInputFiles({
      name: 'kịch bản.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from(`\ufeff${SCRIPT}`, 'utf16le'),
    });
    await expect
      .poll(() => dialogue.getByLabel(said(language, 'text.script')).inputValue(), {
        timeout: WAIT_MS,
      })
      .toBe(SCRIPT);
    await dialogue.getByText(said(language, 'manner'), { exact: true }).click();
    await dialogue.getByLabel(said(language, 'manner.usage')).selectOption('south');
    await dialogue.getByRole('button', { name: said(language, 'reading.show') }).click();
    const shown = dialogue.getByRole('region', { name: said(language, 'reading.title') });
    await shown.waitFor();
    expect(await shown.locator('mark rt').allTextContents()).toEqual([
      ...['UBND', '7h30', '3/1', 'CCCD', '113', 'Zalo'],
    ]);
    await shown.scrollIntoViewIfNeeded();
    await look(page, `reading-${language}-${size}`, true);
    await dialogue.getByLabel(said(language, 'text.script')).fill('Xong.');
    await shown.waitFor({ state: 'detached' });
  },
);

test.each(views)('the words of the site are kept, in $language on a $size', async (shape) => {
  const { language, size } = shape;
  const word = `BĐ${language}${size}`;
  await openDialogue(shape, 'words');
  const dialogue = page.getByRole('dialog');
  await dialogue.getByRole('textbox', { name: said(language, 'word.written') }).fill(word);
  await dialogue
    .getByRole('textbox', { name: said(language, 'word.spoken') })
    .fill('ban điều hành');
  await dialogue.getByRole('button', { name: said(language, 'word.keep') }).click();
  await dialogue.getByRole('cell', { name: word }).waitFor();
  await look(page, `words-${language}-${size}`, true);
});
