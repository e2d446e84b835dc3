import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserRole } from '#schemas/entities/site.ts';
import type { RunningServer } from '#server/main.ts';
import { soundSpans } from '#tests/support/heard.ts';
import { type PulseServer, startPulse } from '#tests/support/pulse.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { recordSink, type SinkRecording } from '#tests/support/sink-recording.ts';
import { writeSpeech } from '#tests/support/speech.ts';
import { openBrowser, sizes } from './support/browser.ts';
import { builtConsole } from './support/built-console.ts';
import { changePassword, said, signIn } from './support/console-page.ts';
import { runSpeaker, type SpeakerProgram } from './support/speaker-program.ts';

const TITLE = 'Bản ghi âm thật';
const SPEECH_S = 12;
/** The longest that anything on a page may take, besides a broadcast. */
const WAIT_MS = 10_000;
const BROADCAST_MS = 60_000;
const MAX_PAUSE_MS = 1500;

let place: ServerPlace;
let server: RunningServer;
let pulse: PulseServer;
let speaker: SpeakerProgram;
let browser: Browser;
let recording: SinkRecording;
const pages = new Map<UserRole, Page>();

const pageOf = (role: UserRole): Page => {
  const page = pages.get(role);
  if (page === undefined) throw new Error(`nobody is signed in as ${role}`);
  return page;
};

/** A browser of one's own in which somebody signs in for the first time. */
const arrive = async (role: UserRole, invited: { username: string; oneTimePassword: string }) => {
  const page = await (await browser.newContext({ viewport: sizes.pc })).newPage();
  page.setDefaultTimeout(WAIT_MS);
  await page.goto(server.url);
  await signIn(page, { username: invited.username, password: invited.oneTimePassword });
  await changePassword(page, invited.oneTimePassword, `mật khẩu của ${invited.username}`);
  await page.getByRole('navigation').waitFor();
  pages.set(role, page);
};

const go = (role: UserRole, to: Parameters<typeof said>[1]) =>
  pageOf(role)
    .getByRole('link', { name: said('vi', to), exact: true })
    .click();

const button = (page: Page, key: Parameters<typeof said>[1]) =>
  page.getByRole('button', { name: said('vi', key), exact: true });

beforeAll(async () => {
  await builtConsole();
  pulse = await startPulse();
  place = await createServerPlace();
  server = await place.run({ settings: { STARTER_QUIET_HOURS: 'none' } });
  speaker = await runSpeaker(server, place.folder, {
    ...pulse.env,
    TIENG_LANG_AGENT_AUDIO_OUTPUT: 'pulse',
    TIENG_LANG_AGENT_AUDIO_CAPTURE: `pulse:${pulse.monitor}`,
  });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await speaker?.stop();
  await server?.stop();
  await pulse?.stop();
  await place?.remove();
});

test(
  'the administrator takes over and invites operator, approver and inspector',
  async () => {
    if (server.firstSignIn === undefined) throw new Error('somebody has taken over');
    await arrive('administrator', server.firstSignIn);
    const page = pageOf('administrator');
    await go('administrator', 'place.users');
    for (const role of ['operator', 'approver', 'inspector'] as const) {
      await button(page, 'user.create').click();
      const dialogue = page.getByRole('dialog');
      await dialogue.getByLabel(said('vi', 'user.name')).fill(said('vi', `role.${role}`));
      await dialogue.getByLabel(said('vi', 'username')).fill(role);
      await dialogue.getByLabel(said('vi', `role.${role}`)).check();
      await dialogue.getByRole('button', { name: said('vi', 'user.create') }).click();
      const oneTimePassword = await dialogue.locator('[data-one-time-password]').textContent();
      await dialogue.getByRole('button', { name: said('vi', 'close') }).click();
      await arrive(role, { username: role, oneTimePassword: oneTimePassword ?? '' });
    }
  },
  BROADCAST_MS,
);

test('each role is offered its own screens', async () => {
  const linksOf = (role: UserRole) => pageOf(role).locator('nav a').allTextContents();
  const named = (...keys: Parameters<typeof said>[1][]) => keys.map((key) => said('vi', key));
  expect(await linksOf('operator')).toEqual(
    named('place.today', 'place.bulletins', 'place.logs', 'place.verdicts'),
  );
  expect(await linksOf('approver')).toEqual(
    named('place.today', 'place.bulletins', 'place.verdicts'),
  );
  expect(await linksOf('inspector')).toEqual(named('place.today', 'place.logs', 'place.verdicts'));
});

test(
  'an operator uploads a real recording, and an approver sees it at once and releases it',
  async () => {
    const operator = pageOf('operator');
    const approver = pageOf('approver');
    await go('approver', 'place.bulletins');
    await approver.getByText(said('vi', 'bulletin.none')).waitFor();
    const path = join(place.folder, 'speech.wav');
    await writeSpeech(path, SPEECH_S);
    await go('operator', 'place.bulletins');
    await button(operator, 'upload').click();
    const dialogue = operator.getByRole('dialog');
    await dialogue.locator('input[type=file]').setInputFiles(path);
    await dialogue.getByLabel(said('vi', 'bulletin.title')).fill(TITLE);
    await dialogue.getByRole('button', { name: said('vi', 'upload.send') }).click();
    await operator.getByRole('article', { name: TITLE }).waitFor();
    const card = approver.getByRole('article', { name: TITLE });
    await card.waitFor();
    const heardS = () => approver.evaluate("document.querySelector('article audio').currentTime");
    await approver.evaluate("document.querySelector('article audio').play()");
    await expect.poll(heardS, { timeout: WAIT_MS }).toBeGreaterThan(0.5);
    await card.getByRole('button', { name: said('vi', 'release') }).click();
    await approver
      .getByRole('dialog')
      .getByRole('button', { name: said('vi', 'release') })
      .click();
    const released = operator.getByRole('article').getByText(said('vi', 'bulletinState.released'));
    await released.waitFor();
  },
  BROADCAST_MS,
);

test(
  '“play now” asks a second time; then the recording sounds, and today moves by itself',
  async () => {
    recording = await recordSink(pulse, join(place.folder, 'heard.raw'));
    const operator = pageOf('operator');
    await go('operator', 'place.today');
    await button(operator, 'play').click();
    await operator.getByRole('combobox').click();
    await operator.getByRole('option', { name: TITLE }).click();
    await operator.keyboard.press('Escape');
    await button(operator, 'play.next').click();
    expect(await operator.locator('[data-state]').count()).toBe(0);
    await operator
      .getByRole('dialog')
      .getByRole('button', { name: said('vi', 'play.confirm'), exact: true })
      .click();
    await operator.locator('[data-state=playing]').waitFor({ timeout: BROADCAST_MS });
    await operator.locator('[data-state=aired]').waitFor({ timeout: BROADCAST_MS });
    const recorded = await recording.stop();
    const spans = await soundSpans(recorded, MAX_PAUSE_MS);
    const heardMs = spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
    expect(heardMs).toBeGreaterThan((SPEECH_S - 3) * 1000);
  },
  2 * BROADCAST_MS,
);

test('the inspector sees the record, signed and chained, and the verdict of the day', async () => {
  const inspector = pageOf('inspector');
  await go('inspector', 'place.logs');
  await inspector.locator('[data-holds=true]').waitFor();
  const row = inspector.locator('[data-kind=ended]').filter({ hasText: TITLE });
  await row.getByText(said('vi', 'log.signed')).waitFor();
  await row.getByText(said('vi', 'log.chained')).waitFor();
  await go('inspector', 'place.verdicts');
  await inspector.locator('[data-verdict]').first().waitFor();
});
