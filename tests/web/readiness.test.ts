import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { systemClock } from '#runtime/clock.ts';
import { MAX_LISTED } from '#schemas/list-page.ts';
import en from '#schemas/messages/en/lists.json' with { type: 'json' };
import { fillSentence } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/lists.json' with { type: 'json' };
import type { Preflight, PreflightFault } from '#schemas/preflight.ts';
import type { RunningServer } from '#server/main.ts';
import { type ApiCaller, firstAdministrator } from '#tests/support/api-caller.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { openBrowser, sizes } from './support/browser.ts';
import { builtConsole } from './support/built-console.ts';
import { accessFindings, overflowPx } from './support/console-page.ts';
import { look } from './support/looks.ts';
import { crossViews, views } from './support/views.ts';
import { type Visitor, visit } from './support/visitor.ts';

const WAIT_MS = 60_000;
const STORY_MS = 180_000;
const ID = '01935000-0000-7000-8000-000000000001';
/** For whoever wants to look: what the console showed in the last run. */
const PICTURES = join(import.meta.dirname, '..', '..', '.build', 'reports', 'console');

/** More than the server tells in two answers. */
const MANY = 2 * MAX_LISTED + 345;
const texts = { vi, en };

let place: ServerPlace;
let server: RunningServer;
let browser: Browser;
let administrator: Visitor;
let caller: ApiCaller;
let speaker: string;

const madeMs = Math.floor(systemClock().wallMs());
const sha256 = 'ab'.repeat(32);
const preflight: Preflight = {
  madeMs,
  day: '2026-11-23',
  unplannedDays: ['2026-12-05', '2026-12-06'],
  missingPlaylists: ['2026-12-04'],
  missingClips: [{ sha256, bytes: 400_000, day: '2026-11-25' }],
  missingClipCount: 1,
  missingClipBytes: 400_000,
  disk: { freeBytes: 150_000_000, totalBytes: 32_000_000_000 },
  clock: { source: 'manual', uncertaintyMs: 30_100 },
};
const faults: readonly PreflightFault[] = [
  'clockManual',
  'unplannedDays',
  'missingPlaylists',
  'missingClips',
  'diskShort',
];

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  await builtConsole();
  place = await createServerPlace();
  server = await place.run({ settings: {} });
  caller = await firstAdministrator(server);
  const speakers = z.array(z.looseObject({ id: z.string() }));
  speaker = speakers.parse(await caller.get('/api/speakers'))[0]?.id ?? '';
  browser = await openBrowser();
  const username = server.firstSignIn?.username ?? '';
  const password = 'mật khẩu quản trị';
  administrator = await visit(browser, { url: server.url, username, password, waitMs: WAIT_MS });
  await administrator.page.locator('nav a').first().waitFor({ state: 'attached' });
  const body = [
    {
      speaker,
      online: false,
      healthMs: madeMs,
      clock: { source: 'manual', wallMs: madeMs, uncertaintyMs: 30_100 },
      lostRecords: { from: 12, to: 14 },
      output: { driver: 'system', device: 'alsa/card', isFallback: true },
      isSilent: false,
      preflight,
      faults,
      unheard: [{ bulletin: ID, title: 'Lịch cắt điện tuần này' }],
    },
  ];
  await administrator.page.route('**/api/readiness', (route) => route.fulfill({ json: body }));
}, STORY_MS);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await place?.remove();
});

test.each(views)(
  'what a speaker lacks for fourteen days, its damaged records, the sound device that it lost and the withdrawal that it has not received are shown: $language, $size',
  async (view) => {
    const { page } = administrator;
    await page.goto(`${server.url}/speakers`);
    await administrator.look(view);
    const row = page.locator(`[data-readiness="${speaker}"]`);
    await row.waitFor();
    const shown = await row
      .locator('[data-fault]')
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-fault')));
    expect(shown).toEqual([...faults, 'soundFallback']);
    const text = await row.textContent();
    expect(text).toContain('Lịch cắt điện tuần này');
    expect(text).toContain('12–14');
    await row.locator('summary').click();
    expect(await row.textContent()).toContain(sha256.slice(0, 12));
    expect(await overflowPx(page)).toBeLessThanOrEqual(0);
    expect(await accessFindings(page)).toEqual([]);
    await row.scrollIntoViewIfNeeded();
    const name = `readiness-${view.language}-${sizes[view.size].width}.png`;
    await page.screenshot({ path: join(PICTURES, name), fullPage: true });
  },
  STORY_MS,
);

/** The server has so many speakers, and tells of them page by page. */
const haveSpeakers = async (count: number): Promise<void> => {
  const known = z
    .array(z.looseObject({ unit: z.string() }))
    .parse(await caller.get('/api/speakers'));
  const all = Array.from({ length: count }, (_, index) => ({
    ...known[0],
    id: `01935000-0000-7000-8000-${`${index}`.padStart(12, '0')}`,
    name: `Cụm loa số ${index + 1}`,
    state: 'enrolled',
  }));
  const pages = /\/api\/speakers(\?|$)/;
  await administrator.page.route(pages, (route) => {
    const after = new URL(route.request().url()).searchParams.get('after') ?? '';
    return route.fulfill({ json: all.filter(({ id }) => id > after).slice(0, MAX_LISTED) });
  });
  onTestFinished(() => administrator.page.unroute(pages));
};

test.each(crossViews)(
  'of thousands of speakers the first are drawn, others are found by name and unit, and more are shown when asked for: $language, $size',
  async (view) => {
    await haveSpeakers(MANY);
    const { page } = administrator;
    await page.goto(`${server.url}/speakers`);
    await administrator.look(view);
    const list = administrator.said('speakers.list');
    const rows = page.getByRole('region', { name: list, exact: true }).locator('tbody tr');
    const shown = (facts: { shown: number; count: number }) =>
      page.getByText(fillSentence(texts[view.language]['list.shown'], facts)).waitFor();
    await shown({ shown: 50, count: MANY });
    expect(await rows.count()).toBe(50);
    await administrator.button('more').click();
    await shown({ shown: 100, count: MANY });
    expect(await rows.count()).toBe(100);
    await look(page, `speakers-many-${view.language}-${view.size}`);
    const find = page.getByLabel(fillSentence(texts[view.language]['list.find'], { list }));
    await find.fill(`thon doai SO ${MANY}`);
    await shown({ shown: 1, count: 1 });
    expect(await rows.count()).toBe(1);
    expect(await rows.textContent()).toContain(`Cụm loa số ${MANY}`);
    await find.fill('không có');
    await shown({ shown: 0, count: 0 });
    expect(await rows.count()).toBe(0);
  },
  STORY_MS,
);
