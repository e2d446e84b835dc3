import type { Page } from 'playwright-core';
import texts from '#schemas/messages/vi/corrections.json' with { type: 'json' };

/** Enters in the dialogue that a speaker did not belong to a unit; `look` sees it filled in. */
export const correctHistory = async (
  page: Page,
  { speaker, unit }: { readonly speaker: string; readonly unit: string },
  look: () => Promise<void>,
): Promise<void> => {
  await page.getByRole('button', { name: texts.title, exact: true }).click();
  const dialogue = page.getByRole('dialog');
  const field = (label: string) => dialogue.getByLabel(new RegExp(`^${label}( \\*)?$`));
  await field(texts.speaker).selectOption(speaker);
  await field(texts.said).selectOption('no');
  await field(texts.unit).selectOption(unit);
  await field(texts.reason).fill('Cụm loa đã chuyển đi,\nxem biên bản bàn giao');
  await look();
  await dialogue.getByRole('button', { name: texts.enter, exact: true }).click();
};
