import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { accessFindings, overflowPx } from './console-page.ts';

/** For whoever wants to look: what the console showed in the last run. */
const PICTURES = join(import.meta.dirname, '..', '..', '..', '.build', 'reports', 'console');

/** What is on the page fits, and axe-core finds nothing. */
export const expectAccessible = async (page: Page): Promise<void> => {
  expect(await overflowPx(page)).toBeLessThanOrEqual(0);
  expect(await accessFindings(page)).toEqual([]);
};

/** Takes a picture, of the whole page if wanted; what is on it fits, and axe-core finds nothing. */
export const look = async (page: Page, name: string, fullPage = false): Promise<void> => {
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage });
  await expectAccessible(page);
};
