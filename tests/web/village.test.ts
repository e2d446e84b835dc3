import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bulletinSchema } from '#schemas/entities/bulletin.ts';
import en from '#schemas/messages/en/village.json' with { type: 'json' };
import vi from '#schemas/messages/vi/village.json' with { type: 'json' };
import type { RunningServer } from '#server/main.ts';
import { type ApiCaller, firstAdministrator } from '#tests/support/api-caller.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { openBrowser } from './support/browser.ts';
import { builtConsole } from './support/built-console.ts';
import { accessFindings, changePassword, overflowPx } from './support/console-page.ts';
import { crossViews } from './support/views.ts';
import { type Visitor, visit } from './support/visitor.ts';

/** The longest that anything on a page may take. */
const WAIT_MS = 60_000;
const STORY_MS = 180_000;
const PASSWORD = 'mật khẩu quản trị';
const TITLE = 'Đề phòng lừa đảo';
const texts = { vi, en };

let place: ServerPlace;
let server: RunningServer;
let browser: Browser;
let caller: ApiCaller;
let unit: { readonly id: string; readonly name: string };

const arrive = (username: string, password: string): Promise<Visitor> =>
  visit(browser, { url: server.url, username, password, waitMs: WAIT_MS });

beforeAll(async () => {
  await builtConsole();
  place = await createServerPlace();
  server = await place.run();
  caller = await firstAdministrator(server);
  browser = await openBrowser();
  [unit] = Object(await caller.get('/api/units'));
  const json = { title: TITLE, text: 'Không chuyển tiền cho người lạ.', units: [unit.id] };
  const { id, clip } = bulletinSchema.parse(await caller.post('/api/bulletins/text', json));
  await caller.post(`/api/bulletins/${id}/release`, { clip });
}, STORY_MS);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await place?.remove();
});

/** An administrator adds a village head in the console; gives the password for the first time. */
const addHead = async (username: string): Promise<string> => {
  const administrator = await arrive(server.firstSignIn?.username ?? '', PASSWORD);
  await administrator.page.locator('nav a').first().waitFor({ state: 'attached' });
  await administrator.page.goto(`${server.url}/users`);
  await administrator.button('user.create').click();
  const dialogue = administrator.dialogue();
  await administrator.field('user.name', dialogue).fill('Trưởng thôn');
  await administrator.field('username', dialogue).fill(username);
  await dialogue.getByLabel(administrator.said('role.villageHead')).check();
  expect(await administrator.button('user.create', dialogue).isDisabled()).toBe(true);
  await dialogue.getByLabel(vi['village.unit']).selectOption(unit.id);
  await administrator.button('user.create', dialogue).click();
  const shown = dialogue.locator('[data-one-time-password]');
  await shown.waitFor();
  return (await shown.textContent()) ?? '';
};

test(
  'a village head has one screen: the approved bulletins of the village, to be taken along as files',
  async () => {
    const password = await addHead('truong');
    const head = await arrive('truong', password);
    await changePassword(head.page, password, 'mật khẩu của trưởng thôn');
    await head.page.waitForURL(`${server.url}/village`);
    for (const view of crossViews) {
      const say = texts[view.language];
      await head.look(view);
      const links = await head.page.locator('nav a').allTextContents();
      expect(links).toEqual([head.said('place.village')]);
      const card = head.page.getByRole('article', { name: TITLE, exact: true });
      for (const [key, ending] of [
        ['village.audio', 'mp3'],
        ['village.docx', 'docx'],
        ['village.txt', 'txt'],
      ] as const) {
        const download = head.page.waitForEvent('download');
        await card.getByRole('link', { name: say[key], exact: true }).click();
        expect((await download).suggestedFilename()).toBe(`${TITLE}.${ending}`);
      }
      expect(await overflowPx(head.page)).toBeLessThanOrEqual(0);
      expect(await accessFindings(head.page)).toEqual([]);
    }
    await head.page.goto(`${server.url}/bulletins`);
    await head.page.getByText(head.said('notYours')).waitFor();
  },
  STORY_MS,
);
