import axe from 'axe-core';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import enBulletins from '#schemas/messages/en/bulletins.json' with { type: 'json' };
import en from '#schemas/messages/en/console.json' with { type: 'json' };
import enUpkeep from '#schemas/messages/en/upkeep.json' with { type: 'json' };
import { fillSentence, type Language } from '#schemas/messages/fill-sentence.ts';
import viBulletins from '#schemas/messages/vi/bulletins.json' with { type: 'json' };
import vi from '#schemas/messages/vi/console.json' with { type: 'json' };
import viUpkeep from '#schemas/messages/vi/upkeep.json' with { type: 'json' };

const catalogues = {
  vi: { ...vi, ...viBulletins, ...viUpkeep },
  en: { ...en, ...enBulletins, ...enUpkeep },
};

/** A sentence of the console by its key. */
export type TextKey = keyof typeof catalogues.vi;

/** The sentence under a key, as the console says it. */
export const said = (
  language: Language,
  key: TextKey,
  facts: Readonly<Record<string, string>> = {},
): string => fillSentence(catalogues[language][key], facts);

/** Chooses the language as a person does. */
export const chooseLanguage = async (page: Page, language: Language): Promise<void> => {
  const name = language === 'vi' ? 'Tiếng Việt' : 'English';
  // Cards of bulletins name their languages too.
  await page.getByRole('radiogroup').getByText(name, { exact: true }).click();
  await page.locator(`html[lang=${language}]`).waitFor();
};

/** Signs in by the form. */
export const signIn = async (
  page: Page,
  { username, password }: { username: string; password: string },
): Promise<void> => {
  await page.locator('[autocomplete=username]').fill(username);
  await page.locator('[autocomplete=current-password]').fill(password);
  await page.locator('[type=submit]').click();
};

const findingsSchema = z.array(
  z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
);

/** What axe-core finds on the page as it stands, one line each. */
export const accessFindings = async (page: Page): Promise<readonly string[]> => {
  // Until the page is left it stays there; it is half a megabyte.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe.source);
  const findings = findingsSchema.parse(
    await page.evaluate('axe.run().then(({ violations }) => violations)'),
  );
  return findings.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

/** By how many pixels the page is wider than the window. */
export const overflowPx = async (page: Page): Promise<number> =>
  Number(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'));

/** Gives up the one-time password for another. */
export const changePassword = async (page: Page, current: string, next: string): Promise<void> => {
  await page.locator('[autocomplete=new-password]').fill(next);
  await page.locator('[autocomplete=current-password]').fill(current);
  await page.locator('[type=submit]').click();
};
