import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Language } from '#schemas/messages/sentence.ts';
import type { RunningServer } from '#server/main.ts';
import { firstAdministrator } from '#tests/support/api-caller.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { openBrowser, type SizeName, sizes } from './support/browser.ts';
import { builtConsole } from './support/built-console.ts';
import {
  accessFindings,
  chooseLanguage,
  overflowPx,
  said,
  signIn,
} from './support/console-page.ts';
import { views } from './support/views.ts';

const WAIT_MS = 5000;
const PASSWORD = 'mật khẩu quản trị';
const PICTURES = join(import.meta.dirname, '..', '..', '.build', 'reports', 'console');
const SCRIPT =
  'UBND xã họp lúc 7h30 ngày 3/1.\nBà con mang CCCD, gọi 113 khi thấy kẻ lạ trên Zalo.';

let place: ServerPlace;
let server: RunningServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  await builtConsole();
  place = await createServerPlace();
  server = await place.run();
  await firstAdministrator(server);
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: sizes.pc })).newPage();
  page.setDefaultTimeout(WAIT_MS);
  await page.goto(server.url);
  await signIn(page, { username: server.firstSignIn?.username ?? '', password: PASSWORD });
  await page.getByRole('heading', { level: 1, name: /^Hôm nay/ }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await place?.remove();
});

const openDialogue = async (
  { language, size }: { language: Language; size: SizeName },
  key: 'text' | 'words',
): Promise<void> => {
  await page.setViewportSize(sizes.pc);
  await page.goto(`${server.url}/bulletins`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await chooseLanguage(page, language);
  await page.setViewportSize(sizes[size]);
  await page.getByRole('button', { name: said(language, key), exact: true }).click();
  await page.getByRole('dialog').locator('form').waitFor();
};

const look = async (name: string): Promise<void> => {
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  expect(await overflowPx(page)).toBeLessThanOrEqual(0);
  expect(await accessFindings(page)).toEqual([]);
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
      .poll(() => dialogue.getByLabel(said(language, 'text.script')).inputValue())
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
    await look(`reading-${language}-${size}`);
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
  await look(`words-${language}-${size}`);
});
