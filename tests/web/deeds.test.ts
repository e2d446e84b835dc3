import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserRole } from '#schemas/entities/site.ts';
import type { RunningServer } from '#server/main.ts';
import { firstAdministrator, invite } from '#tests/support/api-caller.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { openBrowser } from './support/browser.ts';
import { builtConsole } from './support/built-console.ts';
import {
  accessFindings,
  changePassword,
  overflowPx,
  type TextKey,
} from './support/console-page.ts';
import { office, telephone, viewsOrOnly } from './support/views.ts';
import { type Visitor, visit } from './support/visitor.ts';

/** The longest that anything on a page may take. */
const WAIT_MS = 60_000;
const STORY_MS = 180_000;
const PASSWORD = 'mật khẩu quản trị';

let place: ServerPlace;
let server: RunningServer;
let browser: Browser;
const visitors = new Map<UserRole, Visitor>();

const visitorAs = (role: UserRole): Visitor => {
  const visitor = visitors.get(role);
  if (visitor === undefined) throw new Error(`nobody is signed in as ${role}`);
  return visitor;
};

const arrive = (username: string, password: string): Promise<Visitor> =>
  visit(browser, { url: server.url, username, password, waitMs: WAIT_MS });

/**
 * Gives up the one-time password, and is in the console. Whoever does it in the browser signs in once
 * less than through the API: one address may try twenty times before a minute without a try.
 */
const settleIn = async (visitor: Visitor, current: string, next: string): Promise<void> => {
  await changePassword(visitor.page, current, next);
  await visitor.page.locator('nav a').first().waitFor({ state: 'attached' });
};

beforeAll(async () => {
  await builtConsole();
  place = await createServerPlace();
  server = await place.run({ settings: { STARTER_QUIET_HOURS: 'none', FOUR_EYES: 'true' } });
  browser = await openBrowser();
  const administrator = await firstAdministrator(server);
  const username = server.firstSignIn?.username ?? '';
  visitors.set('administrator', await arrive(username, PASSWORD));
  for (const role of ['operator', 'approver', 'inspector'] as const) {
    const password = await invite(administrator, { username: role, roles: [role] });
    const visitor = await arrive(role, password);
    await settleIn(visitor, password, `mật khẩu của ${role}`);
    visitors.set(role, visitor);
  }
}, STORY_MS);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await place?.remove();
});

const expectAccessible = async ({ page }: Visitor): Promise<void> => {
  expect(await overflowPx(page)).toBeLessThanOrEqual(0);
  expect(await accessFindings(page)).toEqual([]);
};

const placesOf = [
  {
    role: 'operator',
    places: ['today', 'bulletins', 'logs', 'verdicts', 'reconciliation', 'rules'],
    foreign: '/users',
  },
  {
    role: 'approver',
    places: ['today', 'bulletins', 'verdicts', 'rules', 'emergencies'],
    foreign: '/logs',
  },
  {
    role: 'inspector',
    places: ['today', 'logs', 'verdicts', 'reconciliation', 'rules'],
    foreign: '/bulletins',
  },
] as const;

test.each(viewsOrOnly(office))(
  'each role is offered its own screens, and others say that they are not: $language',
  async (view) => {
    for (const { role, places, foreign } of placesOf) {
      const visitor = visitorAs(role);
      await visitor.page.goto(server.url);
      await visitor.look(view);
      const links = await visitor.page.locator('nav a').allTextContents();
      expect(links).toEqual(places.map((name) => visitor.said(`place.${name}`)));
      await visitor.page.goto(`${server.url}${foreign}`);
      await visitor.page.getByText(visitor.said('notYours')).waitFor();
    }
  },
);

/** Types a text; gives its card when it is there. */
const typeText = async (operator: Visitor, title: string, submit: boolean) => {
  await operator.button('text').click();
  const dialogue = operator.dialogue();
  await operator.field('bulletin.title', dialogue).fill(title);
  await operator.field('text.script', dialogue).fill(`${title}. Bảy giờ sáng mai.`);
  await dialogue.getByLabel(operator.said('bulletin.submitNow')).setChecked(submit);
  await operator.button('text.send', dialogue).click();
  const card = operator.page.getByRole('article', { name: title });
  await card.waitFor();
  return card;
};

/** Presses the button of a deed on the card, and the same in the dialogue that asks again. */
const doTwice = async (visitor: Visitor, title: string, deed: TextKey): Promise<void> => {
  await visitor.button(deed, visitor.page.getByRole('article', { name: title })).click();
  await visitor.button(deed, visitor.dialogue()).click();
};

test.each(viewsOrOnly(office))(
  'a text is listened to, submitted and sent back, and its author reads why: $language on a $size',
  async (view) => {
    const operator = visitorAs('operator');
    const approver = visitorAs('approver');
    const title = `Bản tin bị trả lại ${view.language}`;
    const reason = 'Thiếu số điện thoại của trạm y tế.';
    for (const visitor of [operator, approver]) {
      await visitor.page.goto(`${server.url}/bulletins`);
      await visitor.look(view);
    }
    const card = await typeText(operator, title, false);
    await operator.words('bulletinState.draft', card).waitFor();
    const audio = "document.querySelector('article audio')";
    await operator.page.evaluate(`${audio}.play()`);
    const heardS = () => operator.page.evaluate(`${audio}.currentTime`);
    await expect.poll(heardS, { timeout: WAIT_MS }).toBeGreaterThan(0.3);
    await doTwice(operator, title, 'submit');
    await operator.words('bulletinState.submitted', card).waitFor();

    await approver.button('reject', approver.page.getByRole('article', { name: title })).click();
    expect(await approver.button('reject', approver.dialogue()).isDisabled()).toBe(true);
    await approver.field('reject.reason', approver.dialogue()).fill(reason);
    await approver.button('reject', approver.dialogue()).click();
    await card.getByText(operator.said('bulletin.rejectReason', { reason })).waitFor();
    await operator.words('bulletinState.rejected', card).waitFor();
    await expectAccessible(operator);
  },
  STORY_MS,
);

test.each(viewsOrOnly(telephone))(
  'what was released is withdrawn, but only after a second question: $language on a $size',
  async (view) => {
    const operator = visitorAs('operator');
    const approver = visitorAs('approver');
    const title = `Bản tin thu hồi ${view.language}`;
    for (const visitor of [operator, approver]) {
      await visitor.page.goto(`${server.url}/bulletins`);
      await visitor.look(view);
    }
    const card = await typeText(operator, title, true);
    await doTwice(approver, title, 'release');
    const released = operator.words('bulletinState.released', card);
    await released.waitFor();
    await operator.button('withdraw', card).click();
    await operator.button('cancel', operator.dialogue()).click();
    await operator.dialogue().waitFor({ state: 'detached' });
    expect(await released.isVisible()).toBe(true);
    await doTwice(operator, title, 'withdraw');
    await operator.words('bulletinState.withdrawn', card).waitFor();
  },
  STORY_MS,
);

test.each(viewsOrOnly(office))(
  'an administrator adds a unit, a speaker in it and the code for its machine: $language on a $size',
  async (view) => {
    const administrator = visitorAs('administrator');
    const { page, said, button, field, words } = administrator;
    const unit = `Thôn ${view.language}`;
    const speaker = `Cụm loa ${view.language}`;
    await page.goto(`${server.url}/speakers`);
    await administrator.look(view);
    await button('unit.create').click();
    await field('name', administrator.dialogue()).fill(unit);
    await button('unit.create', administrator.dialogue()).click();
    await page.getByRole('cell', { name: unit }).waitFor();

    await button('speaker.create').click();
    await field('name', administrator.dialogue()).fill(speaker);
    await administrator.dialogue().getByLabel(said('speaker.unit')).selectOption({ label: unit });
    await button('speaker.create', administrator.dialogue()).click();
    const code = administrator.dialogue().locator('[data-code]');
    const first = await code.textContent();
    await expectAccessible(administrator);
    await button('close', administrator.dialogue()).click();

    const row = page.getByRole('row').filter({ hasText: speaker });
    await words('speakerState.awaiting', row).waitFor();
    await button('code.issue', row).click();
    expect(await code.textContent()).not.toBe(first);
    await button('close', administrator.dialogue()).click();
  },
  STORY_MS,
);

test.each(viewsOrOnly(telephone))(
  'an administrator adds somebody, who signs in once and sets a password: $language on a $size',
  async (view) => {
    const administrator = visitorAs('administrator');
    const { page, said, button, field } = administrator;
    const username = `hoa.${view.language}`;
    await page.goto(`${server.url}/users`);
    await administrator.look(view);
    await button('user.create').click();
    const dialogue = administrator.dialogue();
    await field('user.name', dialogue).fill('Lê Thị Hoa');
    await field('username', dialogue).fill(username);
    await dialogue.getByLabel(said('role.inspector')).check();
    await button('user.create', dialogue).click();
    const password = (await dialogue.locator('[data-one-time-password]').textContent()) ?? '';
    await expectAccessible(administrator);
    await button('close', dialogue).click();
    await page.getByRole('row').filter({ hasText: username }).waitFor();

    const newcomer = await arrive(username, password);
    await newcomer.look(view);
    await newcomer.page
      .getByRole('heading', { name: newcomer.said('newPassword.title') })
      .waitFor();
    await expectAccessible(newcomer);
    await settleIn(newcomer, password, `mật khẩu của ${username}`);
    await newcomer.page.context().close();
  },
  STORY_MS,
);
