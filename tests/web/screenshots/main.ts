import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import { STARTER_PACK_FOLDER } from '#content/packs/load-pack.ts';
import lines from '#schemas/messages/vi/hotlines.json' with { type: 'json' };
import { newPerson } from '#tests/support/api-caller.ts';
import { makeWithFfmpeg } from '#tests/support/speech.ts';
import { said } from '../support/console-page.ts';
import { type OpenConsole, openConsole } from '../support/open-console.ts';
import { runSpeaker } from '../support/speaker-program.ts';
import { office, telephone, type View } from '../support/views.ts';
import type { Visitor } from '../support/visitor.ts';

/** The trial broadcast of a fresh installation comes within this. */
const TRIAL_MS = 10 * 60_000;
const IMAGES = join(import.meta.dirname, '..', '..', '..', 'docs', 'images');
/** A palette of its own makes a picture of the console half as large. */
const OWN_PALETTE = 'split[a][b];[a]palettegen=stats_mode=single[p];[b][p]paletteuse=dither=none';

/** A screen, or what the button on it that is named by `press` opens. */
interface Picture {
  readonly name: string;
  readonly path: string;
  readonly view: View;
  readonly press?: string;
}

const vietnameseTelephone: View = { language: 'vi', size: 'telephone' };
const englishOffice: View = { language: 'en', size: 'pc' };

const ofStaff: readonly Picture[] = [
  { name: 'today', path: '/', view: office },
  { name: 'bulletins', path: '/bulletins', view: office },
  { name: 'hotlines', path: '/bulletins', view: office, press: lines.title },
  { name: 'log', path: '/logs', view: office },
  { name: 'verdicts', path: '/verdicts', view: office },
  { name: 'rules', path: '/rules', view: office },
  { name: 'speakers', path: '/speakers', view: office },
  { name: 'settings', path: '/settings', view: office },
  { name: 'emergency', path: '/emergencies', view: office, press: said('vi', 'emergency.send') },
  { name: 'today-telephone', path: '/', view: vietnameseTelephone },
  { name: 'recording-telephone', path: '/bulletins', view: telephone, press: said('en', 'record') },
  { name: 'today-english', path: '/', view: englishOffice },
];
const ofVillageHead: readonly Picture[] = [
  { name: 'village-telephone', path: '/village', view: vietnameseTelephone },
];

/** Resolves when the screen is there with all that it shows. */
const untilShown = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('[data-waiting]').waitFor({ state: 'detached' });
};

const shrink = (from: string, to: string): Promise<void> =>
  makeWithFfmpeg(
    ...['-i', from, '-filter_complex', OWN_PALETTE],
    ...['-compression_level', '9', '-pred', 'mixed', to],
  );

const take = async ({ page, look }: Visitor, pictures: readonly Picture[]): Promise<void> => {
  const { origin } = new URL(page.url());
  for (const { name, path, view, press } of pictures) {
    await page.goto(`${origin}${path}`);
    await look(view);
    await untilShown(page);
    if (press !== undefined) {
      await page.getByRole('button', { name: press, exact: true }).first().click();
      await page.getByRole('dialog').getByRole('button').nth(1).waitFor();
    }
    const raw = join(opened.place.folder, `${name}.png`);
    await page.screenshot({ path: raw });
    await shrink(raw, join(IMAGES, `${name}.png`));
    console.log(`docs/images/${name}.png`);
  }
};

const unitsSchema = z.array(z.looseObject({ id: z.string(), level: z.string() }));

const arriveAsHead = async ({ server, administrator, arrive }: OpenConsole): Promise<Visitor> => {
  const units = unitsSchema.parse(await administrator.get('/api/units'));
  const unit = units.find(({ level }) => level === 'village')?.id ?? '';
  await newPerson(server, administrator, { username: 'truong', roles: ['villageHead'], unit });
  return arrive({ username: 'truong', password: 'mật khẩu của truong' });
};

await mkdir(IMAGES, { recursive: true });
const opened = await openConsole({
  STARTER_FOLDER: STARTER_PACK_FOLDER,
  STARTER_QUIET_HOURS: 'none',
});
try {
  const speaker = await runSpeaker(opened.server, opened.place.folder);
  try {
    const staff = await opened.arrive();
    await staff.page.locator('[data-state=aired]').first().waitFor({ timeout: TRIAL_MS });
    await take(staff, ofStaff);
    await take(await arriveAsHead(opened), ofVillageHead);
  } finally {
    await speaker.stop();
  }
} finally {
  await opened.end();
}
