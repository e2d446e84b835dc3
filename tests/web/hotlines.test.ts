import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import enBulletins from '#schemas/messages/en/bulletins.json' with { type: 'json' };
import enLines from '#schemas/messages/en/hotlines.json' with { type: 'json' };
import viBulletins from '#schemas/messages/vi/bulletins.json' with { type: 'json' };
import viLines from '#schemas/messages/vi/hotlines.json' with { type: 'json' };
import type { RunningServer } from '#server/main.ts';
import { type ApiCaller, firstAdministrator } from '#tests/support/api-caller.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { openBrowser, sizes } from './support/browser.ts';
import { builtConsole } from './support/built-console.ts';
import {
  accessFindings,
  chooseLanguage,
  overflowPx,
  said,
  signIn,
} from './support/console-page.ts';

const WAIT_MS = 30_000;
const STORY_MS = 180_000;
const PASSWORD = 'mật khẩu quản trị';
const PICTURES = join(import.meta.dirname, '..', '..', '.build', 'reports', 'console');
const bulletin = { vi: viBulletins, en: enBulletins };
const lines = { vi: viLines, en: enLines };

let place: ServerPlace;
let server: RunningServer;
let browser: Browser;
let page: Page;
let person: ApiCaller;

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  await builtConsole();
  place = await createServerPlace();
  server = await place.run();
  person = await firstAdministrator(server);
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: sizes.pc })).newPage();
  page.setDefaultTimeout(WAIT_MS);
  await page.goto(server.url);
  await signIn(page, { username: server.firstSignIn?.username ?? '', password: PASSWORD });
  await page.getByRole('heading', { level: 1, name: /^Hôm nay/ }).waitFor();
}, STORY_MS);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await place?.remove();
});

const look = async (name: string): Promise<void> => {
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  expect(await overflowPx(page)).toBeLessThanOrEqual(0);
  expect(await accessFindings(page)).toEqual([]);
};

test.each([
  { language: 'vi', size: 'pc' },
  { language: 'en', size: 'telephone' },
] as const)(
  'a missing number is shown before a text is sent, and read once it is entered, in $language on a $size',
  async ({ language, size }) => {
    const words = lines[language];
    const key = `so-${language}`;
    await page.setViewportSize(sizes.pc);
    await page.goto(`${server.url}/bulletins`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await chooseLanguage(page, language);
    await page.setViewportSize(sizes[size]);
    const dialogue = page.getByRole('dialog');
    const preview = async () => {
      await page.getByRole('button', { name: said(language, 'text'), exact: true }).click();
      const script = dialogue.getByLabel(bulletin[language]['text.script']);
      await script.waitFor();
      const kept = await script.inputValue();
      await script.fill(`Xin gọi số {${key}}.`);
      // A press beside the dialogue closes nothing.
      await page.mouse.click(2, 2);
      await dialogue.getByRole('button', { name: bulletin[language]['reading.show'] }).click();
      const read = dialogue.getByRole('region', { name: bulletin[language]['reading.title'] });
      return { read, kept };
    };
    await (await preview()).read.getByText('chưa có số').waitFor();
    await dialogue
      .getByRole('alert')
      .filter({ hasText: `{${key}}` })
      .waitFor();
    await look(`hotline-missing-${language}-${size}`);
    await page.keyboard.press('Escape');
    await dialogue.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: words.title, exact: true }).click();
    await dialogue.getByRole('textbox', { name: words.name }).fill('Công an xã');
    await dialogue.getByRole('textbox', { name: words.key }).fill(key);
    await dialogue.getByRole('textbox', { name: words.number }).fill('0237 3721 150');
    await dialogue.getByRole('button', { name: words.save }).click();
    await dialogue.getByRole('cell', { name: `{${key}}` }).waitFor();
    await look(`hotlines-${language}-${size}`);
    await dialogue
      .getByRole('button', { name: `${words.change}: ` })
      .last()
      .click();
    expect(await dialogue.getByRole('textbox', { name: words.key }).isEditable()).toBe(false);
    await dialogue.getByRole('button', { name: words.addAnother }).click();
    expect(await dialogue.getByRole('textbox', { name: words.key }).inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await dialogue.waitFor({ state: 'detached' });
    const { read, kept } = await preview();
    expect(kept).toBe(`Xin gọi số {${key}}.`);
    await read.getByText('không hai ba bảy, ba bảy hai một, một năm không').waitFor();
    expect(await read.locator('mark rt').allTextContents()).toEqual([`{${key}}`]);
    await page.keyboard.press('Escape');
  },
  STORY_MS,
);

test(
  'what is still heard with the number before is shown until the new version is released',
  async () => {
    const set = (number: string) =>
      person.call('PUT', '/api/hotlines', {
        json: { key: 'truc-ban', kind: 'authority', name: 'Trực ban', unit: null, number },
      });
    await set('0237 3721 001');
    const json = { title: 'Trực ban xã', text: 'Xin gọi trực ban, số {truc-ban}.' };
    const { id, clip } = Object(await person.post('/api/bulletins/text', json));
    await person.post(`/api/bulletins/${id}/release`, { clip });
    await page.setViewportSize(sizes.pc);
    await page.goto(`${server.url}/bulletins`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await chooseLanguage(page, 'vi');
    await set('0237 3721 002');
    const work = page.locator('[data-number-work]').filter({ hasText: 'Trực ban xã' });
    await work.filter({ hasText: 'chờ duyệt' }).filter({ hasText: '0237 3721 001' }).waitFor();
    await look('hotline-work');
  },
  STORY_MS,
);
