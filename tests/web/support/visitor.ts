import type { Browser, Locator, Page } from 'playwright-core';
import { quiet, sizes } from './browser.ts';
import { chooseLanguage, said, signIn, type TextKey } from './console-page.ts';
import type { View } from './views.ts';

/** Somebody at a browser of their own, who reads and presses what the console says. */
export interface Visitor {
  readonly page: Page;
  /** From now on in this language at this size. */
  look(view: View): Promise<void>;
  said(key: TextKey, facts?: Readonly<Record<string, string>>): string;
  /** Goes to a screen by the menu. */
  go(place: TextKey): Promise<void>;
  /** What is said under the key, as a button of the page or a part of it. */
  button(key: TextKey, within?: Page | Locator): Locator;
  /** The line or box for text under the label. */
  field(key: TextKey, within?: Page | Locator): Locator;
  /** What is said under the key and nothing else, as the state on a badge. */
  words(key: TextKey, within?: Page | Locator): Locator;
  /** The dialogue that is open. */
  dialogue(): Locator;
}

export interface VisitorOptions {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** The longest that anything on the page may take. */
  readonly waitMs: number;
}

/** Signs in at a browser of one's own, in Vietnamese at an office PC. */
export const visit = async (browser: Browser, options: VisitorOptions): Promise<Visitor> => {
  const page = await (await browser.newContext(quiet)).newPage();
  page.setDefaultTimeout(options.waitMs);
  await page.goto(options.url);
  await signIn(page, options);
  let view: View = { language: 'vi', size: 'pc' };
  const saidNow: Visitor['said'] = (key, facts) => said(view.language, key, facts);
  const button: Visitor['button'] = (key, within = page) =>
    within.getByRole('button', { name: saidNow(key), exact: true });
  return {
    page,
    said: saidNow,
    button,
    field: (key, within = page) => within.getByRole('textbox', { name: saidNow(key), exact: true }),
    words: (key, within = page) => within.getByText(saidNow(key), { exact: true }),
    dialogue: () => page.getByRole('dialog'),
    look: async (next) => {
      // On a telephone the choice of the language is behind the menu.
      await page.setViewportSize(sizes.pc);
      await chooseLanguage(page, next.language);
      await page.setViewportSize(sizes[next.size]);
      view = next;
    },
    go: async (place) => {
      if (view.size === 'telephone') await button('menu').click();
      await page.getByRole('link', { name: saidNow(place), exact: true }).click();
    },
  };
};
