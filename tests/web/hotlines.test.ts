import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import enBulletins from '#schemas/messages/en/bulletins.json' with { type: 'json' };
import enLines from '#schemas/messages/en/hotlines.json' with { type: 'json' };
import enIdents from '#schemas/messages/en/idents.json' with { type: 'json' };
import viBulletins from '#schemas/messages/vi/bulletins.json' with { type: 'json' };
import viLines from '#schemas/messages/vi/hotlines.json' with { type: 'json' };
import viIdents from '#schemas/messages/vi/idents.json' with { type: 'json' };
import { sizes } from './support/browser.ts';
import { chooseLanguage, said } from './support/console-page.ts';
import { look } from './support/looks.ts';
import { type OpenConsole, openConsole, STORY_MS } from './support/open-console.ts';
import { office, telephone, viewsOrOnly } from './support/views.ts';

const bulletin = { vi: viBulletins, en: enBulletins };
const lines = { vi: viLines, en: enLines };
const idents = { vi: viIdents, en: enIdents };

let opened: OpenConsole;
let page: Page;

beforeAll(async () => {
  opened = await openConsole();
  ({ page } = await opened.arrive());
}, STORY_MS);
afterAll(() => opened?.end());

test.each(viewsOrOnly(office))(
  'a missing number is shown before a text is sent, and read once it is entered, in $language on a $size',
  async ({ language, size }) => {
    const words = lines[language];
    const key = `so-${language}`;
    await page.setViewportSize(sizes.pc);
    await page.goto(`${opened.server.url}/bulletins`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await chooseLanguage(page, language);
    await page.setViewportSize(sizes[size]);
    const dialogue = page.getByRole('dialog');
    const preview = async () => {
      await page.getByRole('button', { name: said(language, 'text'), exact: true }).click();
      const script = dialogue.getByLabel(bulletin[language]['text.script']);
      await script.waitFor();
      const kept = await script.inputValue();
      await script.fill(`Xin gọi số {${key}}.`);
      // A press beside the dialogue closes nothing.
      await page.mouse.click(2, 2);
      await dialogue.getByRole('button', { name: bulletin[language]['reading.show'] }).click();
      const read = dialogue.getByRole('region', { name: bulletin[language]['reading.title'] });
      return { read, kept };
    };
    await (await preview()).read.getByText('chưa có số').waitFor();
    await dialogue
      .getByRole('alert')
      .filter({ hasText: `{${key}}` })
      .waitFor();
    await look(page, `hotline-missing-${language}-${size}`, true);
    await page.keyboard.press('Escape');
    await dialogue.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: words.title, exact: true }).click();
    await dialogue.getByRole('textbox', { name: words.name }).fill('Công an xã');
    await dialogue.getByRole('textbox', { name: words.key }).fill(key);
    await dialogue.getByRole('textbox', { name: words.number }).fill('0237 3721 150');
    await dialogue.getByRole('button', { name: words.save }).click();
    await dialogue.getByRole('cell', { name: `{${key}}` }).waitFor();
    await look(page, `hotlines-${language}-${size}`, true);
    await dialogue
      .getByRole('button', { name: `${words.change}: ` })
      .last()
      .click();
    expect(await dialogue.getByRole('textbox', { name: words.key }).isEditable()).toBe(false);
    await dialogue.getByRole('button', { name: words.addAnother }).click();
    expect(await dialogue.getByRole('textbox', { name: words.key }).inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await dialogue.waitFor({ state: 'detached' });
    const { read, kept } = await preview();
    expect(kept).toBe(`Xin gọi số {${key}}.`);
    await read.getByText('không hai ba bảy, ba bảy hai một, một năm không').waitFor();
    expect(await read.locator('mark rt').allTextContents()).toEqual([`{${key}}`]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: words.title, exact: true }).click();
    await dialogue
      .getByRole('button', { name: `${words.remove}: ` })
      .last()
      .click();
    await look(page, `hotline-remove-${language}-${size}`);
    await dialogue.getByRole('button', { name: words.remove, exact: true }).last().click();
    await dialogue.getByRole('cell', { name: `{${key}}` }).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
  },
  STORY_MS,
);

test(
  'what is still heard with the number before is shown until the new version is released',
  async () => {
    const set = (number: string) =>
      opened.administrator.call('PUT', '/api/hotlines', {
        json: { key: 'truc-ban', kind: 'authority', name: 'Trực ban', unit: null, number },
      });
    await set('0237 3721 001');
    const json = { title: 'Trực ban xã', text: 'Xin gọi trực ban, số {truc-ban}.' };
    const { id, clip } = Object(await opened.administrator.post('/api/bulletins/text', json));
    await opened.administrator.post(`/api/bulletins/${id}/release`, { clip });
    await page.setViewportSize(sizes.pc);
    await page.goto(`${opened.server.url}/bulletins`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await chooseLanguage(page, 'vi');
    await set('0237 3721 002');
    const work = page.locator('[data-number-work]').filter({ hasText: 'Trực ban xã' });
    await work.filter({ hasText: 'chờ duyệt' }).filter({ hasText: '0237 3721 001' }).waitFor();
    await look(page, 'hotline-work', true);
  },
  STORY_MS,
);

const release = async (title: string): Promise<void> => {
  const bulletins = Object(await opened.administrator.get('/api/bulletins'));
  const { id, clip } = bulletins.find((each: { title: string }) => each.title === title);
  await opened.administrator.post(`/api/bulletins/${id}/release`, { clip });
};

const roles = { vi: 'ident', en: 'closing' } as const;

test.each(viewsOrOnly(telephone).map((view) => ({ ...view, role: roles[view.language] })))(
  'one text is sent for two units with their names, and each unit shows and changes its $role, in $language on a $size',
  async ({ language, size, role }) => {
    const words = idents[language];
    await page.setViewportSize(sizes.pc);
    await page.goto(`${opened.server.url}/bulletins`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await chooseLanguage(page, language);
    await page.setViewportSize(sizes[size]);
    await page.getByRole('button', { name: words.title, exact: true }).click();
    const dialogue = page.getByRole('dialog');
    await dialogue.getByLabel(words.role).selectOption(role);
    await dialogue.getByRole('textbox', { name: words.name }).fill(role);
    await dialogue.getByRole('textbox', { name: words.script }).fill(`${role}: {don-vi}.`);
    for (const name of ['Xã Thử', 'Thôn Đoài'])
      await dialogue.getByRole('checkbox', { name }).check();
    await dialogue.getByRole('button', { name: words.send }).click();
    await dialogue.getByText(words.sent).waitFor();
    const row = dialogue.getByRole('row').filter({ hasText: 'Thôn Đoài' });
    await row.getByText(`${role}: Thôn Đoài`).waitFor();
    await look(page, `idents-${language}-${size}`, true);
    await release(`${role}: Xã Thử`);
    await row.getByRole('cell', { name: `${role}: Xã Thử` }).waitFor();
    await release(`${role}: Thôn Đoài`);
    await row.getByRole('cell', { name: words.itself }).waitFor();
    await row.getByRole('button', { name: words.change }).click();
    await dialogue.getByLabel(words.choice.replace('{unit}', 'Thôn Đoài')).selectOption('');
    await dialogue.getByRole('button', { name: words.save }).click();
    await row.getByRole('cell', { name: `${role}: Xã Thử` }).waitFor();
    await look(page, `idents-chosen-${language}-${size}`, true);
  },
  STORY_MS,
);
