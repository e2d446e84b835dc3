import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { STARTER_PACK_FOLDER } from '#content/packs/load-pack.ts';
import type { RunningServer } from '#server/main.ts';
import { firstAdministrator } from '#tests/support/api-caller.ts';
import { createServerPlace } from '#tests/support/running-server.ts';
import { openBrowser, quiet, type SizeName, sizes } from '../support/browser.ts';
import { builtConsole } from '../support/built-console.ts';
import { chooseLanguage, signIn } from '../support/console-page.ts';
import { runSpeaker } from '../support/speaker-program.ts';

/** The trial broadcast of a fresh installation comes within this. */
const TRIAL_MS = 10 * 60_000;
/** What `firstAdministrator` sets. */
const PASSWORD = 'mật khẩu quản trị';
const IMAGES = join(import.meta.dirname, '..', '..', '..', 'docs', 'images');

const pictures = [
  { name: 'today', path: '/', size: 'pc', language: 'vi' },
  { name: 'bulletins', path: '/bulletins', size: 'pc', language: 'vi' },
  { name: 'log', path: '/logs', size: 'pc', language: 'vi' },
  { name: 'verdicts', path: '/verdicts', size: 'pc', language: 'vi' },
  { name: 'speakers', path: '/speakers', size: 'pc', language: 'vi' },
  { name: 'today-telephone', path: '/', size: 'telephone', language: 'vi' },
  { name: 'today-english', path: '/', size: 'pc', language: 'en' },
] as const satisfies readonly { size: SizeName; [key: string]: string }[];

const takePictures = async (page: Page, server: RunningServer): Promise<void> => {
  await page.goto(server.url);
  await signIn(page, { username: server.firstSignIn?.username ?? '', password: PASSWORD });
  await page.locator('[data-state=aired]').first().waitFor({ timeout: TRIAL_MS });
  for (const { name, path, size, language } of pictures) {
    await page.setViewportSize(sizes.pc);
    await chooseLanguage(page, language);
    await page.goto(`${server.url}${path}`);
    await page.setViewportSize(sizes[size]);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('[data-waiting]').waitFor({ state: 'detached' });
    await page.screenshot({ path: join(IMAGES, `${name}.png`) });
    console.log(`docs/images/${name}.png`);
  }
};

await builtConsole();
await mkdir(IMAGES, { recursive: true });
const place = await createServerPlace();
const server = await place.run({
  settings: { STARTER_FOLDER: STARTER_PACK_FOLDER, STARTER_QUIET_HOURS: 'none' },
});
const speaker = await runSpeaker(server, place.folder);
const browser = await openBrowser();
try {
  await firstAdministrator(server);
  await takePictures(await browser.newPage(quiet), server);
} finally {
  await browser.close();
  await speaker.stop();
  await server.stop();
  await place.remove();
}
