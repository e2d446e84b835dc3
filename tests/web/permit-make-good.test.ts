import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#runtime/clock.ts';
import type { ShownMakeGood } from '#schemas/make-good.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { makeGoodSessionId, plannedSessionId } from '#schemas/session.ts';
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
const MINUTE = 60_000;
/** For whoever wants to look: what the console showed in the last run. */
const PICTURES = join(import.meta.dirname, '..', '..', '.build', 'reports', 'console');
const ID = '01935000-0000-7000-8000-000000000001';
const SPEAKER = { name: 'Cụm loa thôn Đoài', id: ID, unit: ID, state: 'enrolled' };

let place: ServerPlace;
let server: RunningServer;
let browser: Browser;
let approver: Visitor;
/** What the speaker has said so far, and what was asked of the server. */
let makeGoods: ShownMakeGood[] = [];
let asked: unknown[] = [];

const nowMs = Math.floor(systemClock().wallMs());
const START = Math.floor(nowMs / MINUTE) * MINUTE - 120 * MINUTE;
const repays = { session: plannedSessionId(START), rules: [ID] };

const refused: LogRecord = {
  v: 1,
  site: 'xa-thu',
  speaker: ID,
  seq: 1,
  prev: '0'.repeat(64),
  boot: ID,
  posMs: 60 * MINUTE,
  clock: { source: 'server', offsetMs: START - MINUTE, uncertaintyMs: 20 },
  ...{ kind: 'refused', what: 'makeGood', reason: 'noPermit', repays },
  ...{ session: null, clip: null, bulletin: null },
};
const slot = { offsetMs: 0, durationMs: 10 * MINUTE, bulletin: ID };
const playlist = {
  sessions: [
    { id: repays.session, startMs: START, latestStartMin: 60, drill: false, slots: [slot] },
  ],
};

/** The answers of a server whose one speaker missed a session and waits for a permit. */
const answerFor = (path: string): unknown => {
  if (path.endsWith('/speakers')) return [SPEAKER];
  if (path.endsWith('/plans')) {
    const day = new Date(nowMs + 7 * 60 * MINUTE).toISOString().slice(0, 10);
    return [{ speaker: ID, revision: 1, orders: [], days: [{ day, playlist }] }];
  }
  if (path.endsWith('/health')) {
    const health = { playing: null, waitingUntilMs: null, makeGoods };
    return { online: true, presenceMs: nowMs, healthMs: nowMs, health };
  }
  if (path.endsWith('/log')) return { records: [{ seq: 1, receivedMs: nowMs, record: refused }] };
  return undefined;
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
    const { pathname } = new URL(route.request().url());
    if (pathname.endsWith('/make-good/permits')) {
      asked.push(route.request().postDataJSON());
      const startMs = nowMs - MINUTE;
      const session = makeGoodSessionId(startMs);
      makeGoods = [{ session, startMs, endMs: startMs + 60 * MINUTE, repays }];
      return route.fulfill({ status: 201, json: {} });
    }
    const json = answerFor(pathname);
    return json === undefined ? route.continue() : route.fulfill({ json });
  });
}, STORY_MS);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await place?.remove();
});

test.each(viewsOrOnly(telephone))(
  'an approver permits a missed session, asked a second time, and sees what repays it: $language on a $size',
  async (view) => {
    makeGoods = [];
    asked = [];
    const { page } = approver;
    await page.goto(server.url);
    await approver.look(view);
    await approver.button('permit').click();
    const confirm = approver.button('permit.confirm', approver.dialogue());
    await confirm.waitFor();
    expect(asked).toEqual([]);
    await page.screenshot({ path: join(PICTURES, `permit-${view.language}.png`) });
    await confirm.click();
    const repaying = page.locator(`[data-repays="${repays.session}"]`);
    await repaying.waitFor();
    expect(asked).toEqual([{ speaker: ID, session: repays.session }]);
    expect(await repaying.getAttribute('data-state')).toBe('planned');
    expect(await approver.button('permit').count()).toBe(0);
    expect(await overflowPx(page)).toBeLessThanOrEqual(0);
    expect(await accessFindings(page)).toEqual([]);
    await page.screenshot({ path: join(PICTURES, `make-good-${view.language}.png`) });
  },
  STORY_MS,
);
