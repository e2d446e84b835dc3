import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#runtime/clock.ts';
import en from '#schemas/messages/en/by-hand.json' with { type: 'json' };
import vi from '#schemas/messages/vi/by-hand.json' with { type: 'json' };
import type { RunningServer } from '#server/main.ts';
import { firstAdministrator, newPerson } from '#tests/support/api-caller.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { openBrowser } from './support/browser.ts';
import { builtConsole } from './support/built-console.ts';
import { accessFindings, overflowPx } from './support/console-page.ts';
import { telephone, viewsOrOnly } from './support/views.ts';
import { type Visitor, visit } from './support/visitor.ts';

const WAIT_MS = 60_000;
const STORY_MS = 180_000;
/** For whoever wants to look: what the console showed in the last run. */
const PICTURES = join(import.meta.dirname, '..', '..', '.build', 'reports', 'console');
const ID = '01935000-0000-7000-8000-000000000001';
const SPEAKER = { name: 'Cụm loa thôn Đoài', id: ID, unit: ID, state: 'enrolled' };
const UNIT = { id: ID, parent: null, level: 'village', name: 'Thôn Đoài', from: '2026-01-01' };
const byHand = { vi, en };
const nowMs = Math.floor(systemClock().wallMs());
const times = { validFromMs: 0, expiresMs: nowMs * 2 };
const BULLETIN = { id: ID, title: 'Nước sông lên nhanh', state: 'released', ...times };

let place: ServerPlace;
let server: RunningServer;
let browser: Browser;
let approver: Visitor;
/** What stands at the server, and what was asked of it. */
let emergencies: { readonly state: string }[] = [];
let asked: unknown[] = [];

const shown = (state: string) => ({
  ...{ id: ID, issuedMs: nowMs, expiresMs: nowMs + 3_600_000, drill: true, units: [ID] },
  ...{ speakers: [ID], bulletins: [ID], repeats: 3, volume: 60, state },
});
const answers = [{ speaker: ID, answer: 'sounded', soundedWhole: 2, reason: null }];

/** The answers of a server with one unit, one speaker, one bulletin and the emergencies so far. */
const answerFor = (method: string, path: string): unknown => {
  if (path.endsWith('/units')) return [UNIT];
  if (path.endsWith('/speakers')) return [SPEAKER];
  if (path.endsWith('/bulletins')) return [BULLETIN];
  if (path.endsWith(`/emergencies/${ID}`)) return { ...shown('running'), answers };
  if (path.endsWith('/cancel')) emergencies = [shown('cancelled')];
  else if (path.endsWith('/emergencies') && method === 'POST') emergencies = [shown('running')];
  return path.includes('/emergencies') ? emergencies : undefined;
};

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  await builtConsole();
  place = await createServerPlace();
  server = await place.run();
  browser = await openBrowser();
  const administrator = await firstAdministrator(server);
  await newPerson(server, administrator, { username: 'minh', roles: ['approver'] });
  const password = 'mật khẩu của minh';
  approver = await visit(browser, { url: server.url, username: 'minh', password, waitMs: WAIT_MS });
  await approver.words('today.noSpeaker').waitFor();
  await approver.page.route('**/api/**', async (route) => {
    const request = route.request();
    const { pathname } = new URL(request.url());
    if (request.method() === 'POST' && pathname.includes('/emergencies')) {
      asked.push({ path: pathname, json: request.postDataJSON() });
    }
    const json = answerFor(request.method(), pathname);
    return json === undefined ? route.continue() : route.fulfill({ json });
  });
}, STORY_MS);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await place?.remove();
});

test.each(viewsOrOnly(telephone))(
  'an approver sends an emergency and cancels it, each asked a second time, and sees the answers: $language on a $size',
  async (view) => {
    emergencies = [];
    asked = [];
    const { page } = approver;
    await page.goto(`${server.url}/emergencies`);
    await approver.look(view);
    await approver.words('emergency.none').waitFor();
    await approver.button('emergency.send').click();
    const dialogue = approver.dialogue();
    const choose = (key: 'emergency.units' | 'play.bulletins') =>
      dialogue.getByRole('combobox', { name: approver.said(key) }).click();
    await choose('emergency.units');
    await page.getByRole('option', { name: UNIT.name }).click();
    const words = byHand[view.language];
    await dialogue.getByRole('combobox', { name: words.speakers }).click();
    await page.getByRole('option', { name: SPEAKER.name }).click();
    await dialogue.getByText(words.targetsIgnored).waitFor();
    await dialogue.getByLabel(words.volume).fill('60');
    await choose('play.bulletins');
    await page.getByRole('option', { name: BULLETIN.title }).click();
    await approver.field('emergency.repeats', dialogue).click();
    await dialogue.getByRole('checkbox', { name: approver.said('emergency.isDrill') }).check();
    await approver.button('play.next', dialogue).click();
    const confirm = approver.button('emergency.confirm', dialogue);
    await confirm.waitFor();
    expect(asked).toEqual([]);
    await page.screenshot({ path: join(PICTURES, `emergency-ask-${view.language}.png`) });
    await confirm.click();
    await approver.words('emergency.state.running').waitFor();
    await page.getByText(`${UNIT.name}, ${SPEAKER.name}`).waitFor();
    expect(asked).toMatchObject([
      {
        json: {
          ...{ units: [ID], speakers: [ID], bulletins: [ID], repeats: 3, expiresInMin: 60 },
          ...{ drill: true, volume: 60 },
        },
      },
    ]);
    await approver.button('emergency.answers').click();
    await page.getByText(approver.said('emergency.answer.sounded', { times: '2' })).waitFor();
    expect(await overflowPx(page)).toBeLessThanOrEqual(0);
    expect(await accessFindings(page)).toEqual([]);
    await page.screenshot({ path: join(PICTURES, `emergency-${view.language}.png`) });
    await approver.button('emergency.cancel').click();
    const again = approver.button('emergency.cancel', approver.dialogue());
    await again.waitFor();
    expect(asked).toHaveLength(1);
    await again.click();
    await approver.words('emergency.state.cancelled').waitFor();
    expect(asked).toMatchObject([{}, { path: `/api/emergencies/${ID}/cancel` }]);
  },
  STORY_MS,
);
