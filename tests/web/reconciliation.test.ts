import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { canonicalJson } from '#core/canonical-json.ts';
import { createId, systemClock, systemEntropy } from '#runtime/clock.ts';
import { addDays, createDayTable, localDayAt } from '#runtime/day-table.ts';
import { byteCodec, sha256 } from '#runtime/signing.ts';
import { enrolmentGrantSchema } from '#schemas/enrolment.ts';
import type { Playlist, Session } from '#schemas/playlist.ts';
import { handSessionId, plannedSessionId } from '#schemas/session.ts';
import { topicOf } from '#schemas/topics.ts';
import type { RunningServer } from '#server/main.ts';
import { pastDayToChange } from '#server/services/planned-sessions.ts';
import { appendAired } from '#tests/support/aired-log.ts';
import { callAs, firstAdministrator } from '#tests/support/api-caller.ts';
import { inServerStore } from '#tests/support/in-server-store.ts';
import { newMachine } from '#tests/support/new-machine.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { createSignedLog } from '#tests/support/signed-log.ts';
import { connectSpeaker } from '#tests/support/speaker-client.ts';
import { openBrowser, sizes } from './support/browser.ts';
import { builtConsole } from './support/built-console.ts';
import { accessFindings, overflowPx, said, signIn } from './support/console-page.ts';

/** The longest that anything on a page may take. */
const WAIT_MS = 60_000;
const SET_UP_MS = 180_000;
const PICTURES = join(import.meta.dirname, '..', '..', '.build', 'reports', 'console');
const ZONE = 'Asia/Ho_Chi_Minh';
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const clock = systemClock();
const newId = () => createId(clock, systemEntropy);
const day = addDays(localDayAt(clock.wallMs(), ZONE), -1);
const midnightMs = createDayTable(ZONE, day, 1)[0]?.startMs ?? 0;
const idSchema = z.looseObject({ id: z.string() });

let place: ServerPlace;
let server: RunningServer;
let browser: Browser;
let page: Page;

/** Items of these lengths, in seconds, one a minute. */
const sessionAt = (hour: number, lengthsS: readonly number[], id?: string): Session => {
  const startMs = midnightMs + hour * HOUR_MS;
  return {
    id: id ?? plannedSessionId(startMs),
    startMs,
    latestStartMin: 60,
    drill: false,
    priority: 'normal',
    volume: null,
    slots: lengthsS.map((lengthS, index) => ({
      offsetMs: index * MINUTE_MS,
      durationMs: lengthS * 1000,
      kind: 'clip',
      clip: { sha256: `${index}`.repeat(64), bytes: 1, durationMs: MINUTE_MS },
      bulletin: null,
      campaigns: [],
      role: 'bulletin',
      priority: 'normal',
      validFromMs: 0,
      expiresMs: midnightMs + 48 * HOUR_MS,
    })),
  };
};

const playlistOf = (site: string, sessions: Session[]): Playlist => ({
  v: 1,
  site,
  day,
  sessions,
});

/**
 * A speaker that was told two sessions for yesterday and has sent its log until noon: of the first
 * one item was heard whole, one in part and one not at all, and between them a list sounded by hand.
 */
const airYesterday = async (): Promise<void> => {
  const caller = await firstAdministrator(server);
  const [known] = z.array(idSchema).parse(await caller.get('/api/speakers'));
  const speaker = known?.id ?? '';
  const issued = await caller.post(`/api/speakers/${speaker}/code`);
  const { code } = z.looseObject({ code: z.string() }).parse(issued);
  const machine = newMachine();
  const granted = await callAs(server.url).post('/api/enrol', machine.request(code));
  const { site, broker } = enrolmentGrantSchema.parse(granted);
  const planned = playlistOf(site, [sessionAt(6, [60, 60, 60]), sessionAt(17, [60])]);
  const text = canonicalJson(planned);
  const hash = sha256(byteCodec.textToBytes(text));
  await inServerStore(place.dataFolder, (store) =>
    store.commit({
      changes: [
        { do: 'put', what: 'playlist', value: { sha256: hash, text, createdMs: 0 } },
        pastDayToChange(speaker, day, hash),
      ],
    }),
  );
  const byHand = handSessionId(midnightMs + 10 * HOUR_MS, newId());
  const heard = playlistOf(site, [sessionAt(6, [60, 20]), sessionAt(10, [30], byHand)]);
  const log = createSignedLog({ site, speaker, signer: machine.signer });
  const span = { fromMs: midnightMs + 5 * HOUR_MS, toMs: midnightMs + 12 * HOUR_MS };
  const records = appendAired(log, [heard], { speaker, boot: newId(), ...span });
  const client = await connectSpeaker(broker.url, { speaker, secret: broker.password });
  const topic = topicOf('recordBatch', { site, speaker });
  await client.mqtt.publishAsync(topic, JSON.stringify({ records }), { qos: 1 });
  await client.mqtt.endAsync(true);
};

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  await builtConsole();
  place = await createServerPlace();
  server = await place.run();
  await airYesterday();
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: sizes.pc })).newPage();
  page.setDefaultTimeout(WAIT_MS);
  await page.goto(server.url);
  const username = server.firstSignIn?.username ?? '';
  await signIn(page, { username, password: 'mật khẩu quản trị' });
  await page.getByRole('navigation').waitFor();
}, SET_UP_MS);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await place?.remove();
});

test(
  'reconciliation shows each item aired, aired in part, not aired and awaited, with the reason in a sentence',
  async () => {
    await page.goto(`${server.url}/reconciliation`);
    await page.getByLabel(said('vi', 'reconciliation.day')).fill(day);
    await page.getByText(said('vi', 'reconciliation.outside')).waitFor();
    for (const session of await page.locator('.mantine-Accordion-control').all()) {
      await session.click();
    }
    const rowOf = (state: string) => page.locator(`[data-slot=${state}]`);
    await rowOf('aired').getByText('Đã phát đủ: nghe được 1 phút trên 1 phút.').waitFor();
    await rowOf('partlyAired')
      .getByText('Phát một phần: nghe được 20 giây trên 1 phút; bị cắt giữa chừng.')
      .waitFor();
    await rowOf('notAired').getByText('Không phát: buổi phát dừng trước mục này.').waitFor();
    await rowOf('awaitingData').getByText('Chưa có dữ liệu: nhật ký chưa gửi đến.').waitFor();
    await page.getByText('Ngoài lịch: phát thủ công.').waitFor();
    for (const size of ['pc', 'telephone'] as const) {
      await page.setViewportSize(sizes[size]);
      await page.screenshot({
        path: join(PICTURES, `reconciliation-aired-vi-${size}.png`),
        fullPage: true,
      });
      expect(await overflowPx(page)).toBeLessThanOrEqual(0);
    }
    expect(await accessFindings(page)).toEqual([]);
  },
  SET_UP_MS,
);
