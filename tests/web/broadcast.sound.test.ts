import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { systemClock } from '#runtime/clock.ts';
import { localDayAt } from '#runtime/day-table.ts';
import { bulletinSchema } from '#schemas/entities/bulletin.ts';
import { logRecordSchema } from '#schemas/records/log-record.ts';
import type { RunningServer } from '#server/main.ts';
import { newPerson } from '#tests/support/api-caller.ts';
import { type Commune, foundCommune } from '#tests/support/commune.ts';
import { freePort } from '#tests/support/mosquitto.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { writeSpeech } from '#tests/support/speech.ts';
import { dayBefore, noonZone } from '#tests/support/yesterday.ts';
import { foundSoundVillage, type SoundVillage } from '#tests/system/support/sound-village.ts';
import { openBrowser } from './support/browser.ts';
import { builtConsole } from './support/built-console.ts';
import { accessFindings, overflowPx } from './support/console-page.ts';
import { crossViews, telephone, type View, views, viewsOrOnly } from './support/views.ts';
import { type Visitor, visit } from './support/visitor.ts';

const SPEECH_S = 12;
/** What is stopped is so long that it cannot end by itself meanwhile. */
const LONG_SPEECH_S = 90;
/** Sentences of the recordings before it, which no other recording has. */
const SENTENCES = 8;
/** The longest that anything on a page may take, broadcasts included. */
const WAIT_MS = 60_000;
const STORY_MS = 180_000;
const MIN_MINUTES = 0.1;
/** In percent; not the one that the speaker has. */
const CHOSEN_VOLUME = 90;
/** What the small starter pack calls its speaker. */
const SPEAKER = 'Cụm loa thôn Đoài';
const PICTURES = join(import.meta.dirname, '..', '..', '.build', 'reports', 'console');

const people = ['lan', 'minh', 'hoa'] as const;
type Person = (typeof people)[number];

let place: ServerPlace;
let server: RunningServer;
let commune: Commune;
let village: SoundVillage;
let browser: Browser;
const visitors = new Map<Person, Visitor>();

const visitorOf = (person: Person): Visitor => {
  const visitor = visitors.get(person);
  if (visitor === undefined) throw new Error(`${person} is not signed in`);
  return visitor;
};

/** Takes a picture for whoever wants to look; what is on it fits, and axe-core finds nothing. */
const look = async ({ page }: Visitor, name: string): Promise<void> => {
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  expect(await overflowPx(page)).toBeLessThanOrEqual(0);
  expect(await accessFindings(page)).toEqual([]);
};

/**
 * Yesterday the commune was founded and its speaker enrolled, because a speaker owes nothing on the
 * day of its enrolment; today it owes as many broadcasts as are played here.
 */
beforeAll(async () => {
  await builtConsole();
  const clock = systemClock();
  place = await createServerPlace();
  const zone = noonZone(clock.wallMs());
  const settings = {
    HTTP_PORT: `${await freePort()}`,
    MQTT_PORT: `${await freePort()}`,
    STARTER_ZONE: zone,
    STARTER_QUIET_HOURS: 'none',
    FOUR_EYES: 'true',
  };
  const eve = await place.run({ settings, given: { clock: dayBefore(clock) } });
  const day = localDayAt(clock.wallMs(), zone);
  commune = await foundCommune(eve, place.folder, { from: day, to: day });
  await newPerson(eve, commune.administrator, { username: 'hoa', roles: ['inspector'] });
  await commune.rule({
    from: day,
    to: day,
    minOccurrences: crossViews.length,
    minMinutes: MIN_MINUTES,
    dayparts: [],
  });
  village = await foundSoundVillage({
    serverUrl: eve.url,
    code: await commune.code(),
    speaker: commune.speaker,
    folder: join(place.folder, 'village'),
    listens: true,
  });
  await eve.stop();
  server = await place.run({ settings });
  village.start();
  browser = await openBrowser();
  for (const username of people) {
    const password = `mật khẩu của ${username}`;
    visitors.set(
      username,
      await visit(browser, { url: server.url, username, password, waitMs: WAIT_MS }),
    );
  }
}, STORY_MS);
afterAll(async () => {
  await browser?.close();
  await village?.program().end();
  await village?.pulse.stop();
  await server?.stop();
  await place?.remove();
});

interface Broadcast extends View {
  readonly title: string;
  readonly skip: number;
}

const broadcasts: readonly Broadcast[] = crossViews.map((view, index) => ({
  ...view,
  title: `Phòng cháy mùa khô, kỳ ${index + 1}`,
  skip: index * SENTENCES,
}));

/** The operator uploads a recording of human speech for the campaign. */
const upload = async (title: string, skip: number): Promise<void> => {
  const operator = visitorOf('lan');
  const path = join(place.folder, `${title}.wav`);
  await writeSpeech(path, SPEECH_S, skip);
  await operator.go('place.bulletins');
  await operator.button('upload').click();
  const dialogue = operator.dialogue();
  await dialogue.locator('input[type=file]').setInputFiles(path);
  expect(await operator.field('bulletin.title', dialogue).inputValue()).toBe(title);
  await dialogue.getByLabel('Phòng cháy, chữa cháy').check();
  await operator.button('upload.send', dialogue).click();
  const card = operator.page.getByRole('article', { name: title });
  await operator.words('bulletinState.submitted', card).waitFor();
};

/** The approver sees it at once, listens and releases it. */
const release = async (title: string): Promise<void> => {
  const approver = visitorOf('minh');
  const card = approver.page.getByRole('article', { name: title });
  await card.waitFor();
  const audio = "document.querySelector('article audio')";
  await approver.page.evaluate(`${audio}.play()`);
  const heardS = () => approver.page.evaluate(`${audio}.currentTime`);
  await expect.poll(heardS, { timeout: WAIT_MS }).toBeGreaterThan(0.5);
  await approver.button('release', card).click();
  await approver.button('release', approver.dialogue()).click();
  await card.waitFor({ state: 'detached' });
};

/** The line of a session of today that holds the bulletin. */
const session = (title: string, state: string) =>
  visitorOf('lan').page.locator(`[data-state=${state}]`).filter({ hasText: title });

/** The operator has it played; nothing is ordered before the second question is answered. */
const playNow = async (title: string, volume?: number): Promise<void> => {
  const operator = visitorOf('lan');
  await operator.go('place.today');
  await operator.page.locator('[data-online=true]').waitFor();
  await operator.button('play').click();
  await operator.page.getByRole('combobox').click();
  await operator.page.getByRole('option', { name: title }).click();
  await operator.page.keyboard.press('Escape');
  if (volume !== undefined) await operator.page.getByLabel(/\(%\)$/).fill(`${volume}`);
  await operator.button('play.next').click();
  const asked = { speaker: SPEAKER, titles: title };
  await operator.page.getByText(operator.said('play.ask', asked)).waitFor();
  expect(await operator.page.locator('[data-state=playing]').count()).toBe(0);
  await operator.button('play.confirm', operator.dialogue()).click();
  await session(title, 'playing').waitFor();
};

const bulletinsSchema = z.array(bulletinSchema);
const loggedSchema = z.object({ records: z.array(z.object({ record: logRecordSchema })) });

/** How long the bulletin was heard in the sink that was recorded. */
const heardMs = async (title: string): Promise<number> => {
  const bulletins = bulletinsSchema.parse(await commune.operator.get('/api/bulletins'));
  const clips = bulletins.filter((one) => one.title === title).map(({ clip }) => clip);
  const heard = await village.heard(clips);
  return heard.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
};

/** How loud the speaker says that it played the bulletin. */
const volumesOf = async (title: string): Promise<readonly number[]> => {
  const bulletins = bulletinsSchema.parse(await commune.operator.get('/api/bulletins'));
  const clips = bulletins.filter((one) => one.title === title).map(({ clip }) => clip);
  const log = loggedSchema.parse(
    await commune.operator.get(`/api/speakers/${commune.speaker}/log`),
  );
  return log.records.flatMap(({ record }) =>
    record.kind === 'ended' && clips.includes(record.item.clip ?? '') ? [record.volume] : [],
  );
};

test.each(broadcasts)(
  'a recording is uploaded, released, played and heard, and today moves by itself: $language on a $size',
  async ({ title, skip, ...view }) => {
    await visitorOf('lan').look(view);
    await visitorOf('minh').look(view);
    await visitorOf('minh').go('place.bulletins');
    await upload(title, skip);
    await release(title);
    await village.record();
    await playNow(title);
    await session(title, 'aired').waitFor();
    expect(await heardMs(title)).toBeGreaterThan((SPEECH_S - 3) * 1000);
  },
  STORY_MS,
);

test.each(views)(
  'the inspector sees the records, signed and chained, and that the rule is met: $language on a $size',
  async (view) => {
    const inspector = visitorOf('hoa');
    const { page, words, said } = inspector;
    await inspector.look(view);
    await inspector.go('place.logs');
    await page.locator('[data-holds=true]').waitFor();
    for (const { title } of broadcasts) {
      const record = page.locator('[data-kind=ended]').filter({ hasText: title });
      await words('log.signed', record).waitFor();
      await words('log.chained', record).waitFor();
    }
    await look(inspector, `inspector-log-${view.language}-${view.size}`);
    await inspector.go('place.verdicts');
    const owed = `${broadcasts.length}`;
    const met = page
      .getByRole('button')
      .filter({ hasText: said('verdict.count', { has: owed, owed }) })
      .filter({ has: page.locator('[data-verdict=met]') });
    await words('verdict.met', met).waitFor();
    if ((await met.getAttribute('aria-expanded')) === 'false') await met.click();
    await page.getByRole('region').getByRole('listitem').first().waitFor();
    await look(inspector, `inspector-verdicts-${view.language}-${view.size}`);
  },
  STORY_MS,
);

test.each(viewsOrOnly(telephone))(
  'at a chosen volume “stop” asks a second time; only then the loudspeaker falls silent: $language on a $size',
  async (view) => {
    const title = `Bản tin dài ${view.language}`;
    const skip = view.language === 'vi' ? 2 * SENTENCES : 0;
    await commune.bring({ title, format: 'wav', seconds: LONG_SPEECH_S, skip });
    const operator = visitorOf('lan');
    await operator.look(view);
    await village.record();
    await playNow(title, CHOSEN_VOLUME);
    await operator.button('stop').click();
    await operator.button('cancel', operator.dialogue()).click();
    await operator.dialogue().waitFor({ state: 'detached' });
    expect(await session(title, 'playing').count()).toBe(1);
    await operator.button('stop').click();
    await operator.button('stop.confirm', operator.dialogue()).click();
    await session(title, 'aired').waitFor();
    expect(await heardMs(title)).toBeLessThan((LONG_SPEECH_S / 2) * 1000);
    expect(await volumesOf(title)).toEqual([CHOSEN_VOLUME]);
    await operator.go('place.logs');
    const stopped = operator.page.locator('[data-kind=ended]').filter({ hasText: title });
    await stopped.getByText(operator.said('endReason.stopped')).waitFor();
  },
  STORY_MS,
);
