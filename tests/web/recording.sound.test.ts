import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { bulletinSchema } from '#schemas/entities/bulletin.ts';
import en from '#schemas/messages/en/recording.json' with { type: 'json' };
import vi from '#schemas/messages/vi/recording.json' with { type: 'json' };
import { heardClips } from '#tests/support/heard.ts';
import { writeSpeech } from '#tests/support/speech.ts';
import { openBrowser } from './support/browser.ts';
import { said } from './support/console-page.ts';
import { type Line, openLine } from './support/line.ts';
import { look } from './support/looks.ts';
import { type RunningConsole, runConsole, STORY_MS, WAIT_MS } from './support/open-console.ts';
import { office, telephone, type View, views, viewsOrOnly } from './support/views.ts';
import { type Visitor, visit } from './support/visitor.ts';

const run = promisify(execFile);

/** The machine's own microphone, if it has one, is nobody's business. */
const NO_SOUND_CARD = { PULSE_SERVER: 'none', ALSA_CONFIG_PATH: '/dev/null' };
const SPEECH_S = 20;

let running: RunningConsole;
let line: Line;
let speech: string;

beforeAll(async () => {
  running = await runConsole();
  line = await openLine(running.server.url);
  speech = join(running.place.folder, 'speech.wav');
  await writeSpeech(speech, SPEECH_S);
}, STORY_MS);
afterAll(async () => {
  await line?.close();
  await running?.end();
});

/** The browser of an office with such a microphone; whatever it asks, the person answers so. */
const officeWith = async (
  microphone: 'speech' | 'none',
  answer: 'allow' | 'deny' = 'allow',
  url = line.url,
): Promise<Visitor> => {
  const fake = [
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${speech}`,
  ];
  const browser: Browser = await openBrowser({
    args: [
      `--use-fake-ui-for-media-stream${answer === 'deny' ? '=deny' : ''}`,
      '--host-resolver-rules=MAP radio.test 127.0.0.1',
      ...(microphone === 'speech' ? fake : []),
    ],
    env: NO_SOUND_CARD,
  });
  onTestFinished(() => browser.close());
  return visit(browser, { url, ...running.credentials, waitMs: WAIT_MS });
};

const sentences = { vi, en };

/** The dialogue in which one records, and what it says in the language of the view. */
const openRecorder = async (visitor: Visitor, { language }: View) => {
  await visitor.button('record').click();
  const dialogue = visitor.dialogue();
  const says = (key: keyof typeof vi) => dialogue.getByText(sentences[language][key]);
  const button = (key: keyof typeof vi) =>
    dialogue.getByRole('button', { name: sentences[language][key], exact: true });
  return { dialogue, says, button };
};

/** Waits until the recording is so long. */
const recordUntil = async (dialogue: Locator, seconds: number): Promise<void> => {
  const length = dialogue.getByText(/^\d+:\d\d[ ,]/);
  const read = async () => Number(/:(\d\d)/.exec((await length.textContent()) ?? '')?.[1]);
  await expect.poll(read, { timeout: WAIT_MS }).toBeGreaterThanOrEqual(seconds);
};

/** How many pieces of recordings this browser keeps, read twice as a page reads them. */
const READ_KEPT = `(async () => {
  const settled = (request) => new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  let count = 0;
  for (let time = 0; time < 2; time += 1) {
    const [{ name }] = (await indexedDB.databases()).filter((each) => /recording/.test(each.name));
    const place = await settled(indexedDB.open(name));
    count = (await settled(place.transaction('pieces').objectStore('pieces').getAll())).length;
    await navigator.locks.query();
    place.close();
  }
  return count;
})()`;

const bulletinTitled = async (title: string) =>
  z
    .array(bulletinSchema)
    .parse(await running.administrator.get('/api/bulletins'))
    .find((bulletin) => bulletin.title === title);

/** Which stretches of the speech the clip holds. */
const spokenIn = async (clip: string) => {
  const headers = { authorization: `Bearer ${running.administrator.token}` };
  const answer = await fetch(`${running.server.url}/clips/${clip}`, { headers });
  const path = join(running.place.folder, clip);
  await writeFile(`${path}.mp3`, Buffer.from(await answer.arrayBuffer()));
  const raw = ['-f', 's16le', '-ac', '1', '-ar', '48000', '-y', `${path}.raw`];
  await run('ffmpeg', ['-nostdin', '-v', 'error', '-i', `${path}.mp3`, ...raw]);
  return heardClips({ path: `${path}.raw` }, { speech });
};

test(
  'what is said becomes a bulletin, although the line broke and the page was opened anew',
  async () => {
    const visitor = await officeWith('speech');
    const { page } = visitor;
    await visitor.go('place.bulletins');
    const first = await openRecorder(visitor, office);
    await first.button('begin').click();
    await first.dialogue.locator('[data-level=good]').waitFor();
    await recordUntil(first.dialogue, 4);
    await first.button('pause').click();
    await first.says('paused').waitFor();
    await first.button('resume').click();
    await recordUntil(first.dialogue, 6);
    await first.button('stop').click();
    await first.says('kept').waitFor();
    await visitor.field('bulletin.title', first.dialogue).fill('Lời cô phát thanh');
    const row = page.getByRole('listitem', { name: 'Lời cô phát thanh', exact: true });
    const letNothingThrough = (method: 'POST' | 'PATCH') =>
      page.route(/\/api\/uploads(\/|$)/, (route) =>
        route.request().method() === method ? route.abort() : route.continue(),
      );
    await letNothingThrough('POST');
    await visitor.button('upload.send', first.dialogue).click();
    await row.waitFor();
    await page.reload();
    const anew = await openRecorder(visitor, office);
    await anew.says('kept').waitFor();
    await page.evaluate("document.querySelector('[role=dialog] audio').play()");
    const heardS = () => page.evaluate("document.querySelector('[role=dialog] audio').currentTime");
    await expect.poll(heardS, { timeout: WAIT_MS }).toBeGreaterThan(0.3);
    await visitor.field('bulletin.title', anew.dialogue).fill('Lời cô phát thanh');
    await page.unrouteAll();
    await letNothingThrough('PATCH');
    await visitor.button('upload.send', anew.dialogue).click();
    // The server knows of it; its bytes come when the page is opened anew.
    await row.waitFor();
    await expect
      .poll(() => running.administrator.get('/api/uploads'), { timeout: WAIT_MS })
      .toHaveLength(1);
    await page.unrouteAll();
    await page.reload();
    await page.getByRole('article', { name: 'Lời cô phát thanh' }).waitFor();
    const bulletin = await bulletinTitled('Lời cô phát thanh');
    const heard = await spokenIn(bulletin?.clip ?? '');
    const spokenMs = heard.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
    expect(spokenMs).toBeGreaterThan(2000);
    // What was sent is kept no longer.
    const empty = await openRecorder(visitor, office);
    await empty.button('begin').waitFor();
    expect(await empty.dialogue.locator('audio').count()).toBe(0);
  },
  STORY_MS,
);

test(
  'what one window still records, another one neither takes up nor discards',
  async () => {
    const visitor = await officeWith('speech');
    await visitor.go('place.bulletins');
    const making = await openRecorder(visitor, office);
    await making.button('begin').click();
    await recordUntil(making.dialogue, 3);
    const page = await visitor.page.context().newPage();
    await page.goto(`${line.url}/bulletins`);
    await page.getByRole('button', { name: said('vi', 'record'), exact: true }).click();
    const dialogue = page.getByRole('dialog');
    await dialogue.getByRole('button', { name: vi.begin, exact: true }).waitFor();
    // What the dialogue asks this browser for was asked for before.
    const pieces = await page.evaluate(READ_KEPT);
    expect(pieces).toBeGreaterThan(0);
    expect(await dialogue.locator('audio').count()).toBe(0);
    await making.button('stop').click();
    await making.says('kept').waitFor();
    await page.reload();
    await page.getByRole('button', { name: said('vi', 'record'), exact: true }).click();
    await dialogue.getByText(vi.kept).waitFor();
  },
  STORY_MS,
);

test(
  'where this browser has no room left it is said that the recording is not kept',
  async () => {
    const visitor = await officeWith('speech');
    await visitor.go('place.bulletins');
    const { dialogue, says, button } = await openRecorder(visitor, office);
    const browser = await visitor.page.context().newCDPSession(visitor.page);
    const { origin } = new URL(line.url);
    await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    await button('begin').click();
    await recordUntil(dialogue, 3);
    await button('stop').click();
    await says('notKept').waitFor();
  },
  STORY_MS,
);

test(
  'recording is within reach of everybody, at every size and in both languages',
  async () => {
    const visitor = await officeWith('speech');
    await visitor.go('place.bulletins');
    for (const view of views) {
      const name = `recording-${view.language}-${view.size}`;
      await visitor.page.goto(`${line.url}/bulletins`);
      await visitor.look(view);
      const { dialogue, says, button } = await openRecorder(visitor, view);
      await button('begin').click();
      await says('level.good').waitFor();
      await look(visitor.page, `${name}-running`);
      await recordUntil(dialogue, 1);
      await button('stop').click();
      await says('kept').waitFor();
      await look(visitor.page, `${name}-recorded`);
      await button('discard.begin').click();
      await button('discard').click();
      await button('begin').waitFor();
    }
  },
  STORY_MS,
);

test.each(viewsOrOnly(telephone))(
  'who may not use the microphone, or has none, is told what to do: $language on a $size',
  async (view) => {
    const cases = [
      { refusal: 'refusal.denied', visitor: await officeWith('speech', 'deny') },
      { refusal: 'refusal.none', visitor: await officeWith('none') },
    ] as const;
    for (const { refusal, visitor } of cases) {
      await visitor.go('place.bulletins');
      await visitor.look(view);
      const { says, button } = await openRecorder(visitor, view);
      await button('begin').click();
      await says(refusal).waitFor();
      await look(visitor.page, `recording-${refusal}-${view.language}-${view.size}`);
      await button('begin').waitFor();
    }
  },
  STORY_MS,
);

test.each(viewsOrOnly(office))(
  'where the page came without encryption it is said why nothing can be recorded: $language',
  async (view) => {
    const { port } = new URL(line.url);
    const visitor = await officeWith('speech', 'allow', `http://radio.test:${port}`);
    await visitor.go('place.bulletins');
    await visitor.look(view);
    const { says, button } = await openRecorder(visitor, view);
    await says('refusal.insecure').waitFor();
    expect(await button('begin').count()).toBe(0);
    await look(visitor.page, `recording-insecure-${view.language}-${view.size}`);
  },
  STORY_MS,
);
