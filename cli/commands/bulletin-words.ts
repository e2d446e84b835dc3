import type { Command } from 'commander';
import type { BulletinLanguage } from '#schemas/bulletin-language.ts';
import type { Priority } from '#schemas/primitives.ts';
import { text } from '../text.ts';

/** What can be said of a bulletin on the command line. */
export interface BulletinWords {
  readonly title?: string;
  readonly campaign?: string;
  readonly units?: string;
  readonly language?: string;
  readonly supplier?: string;
  readonly priority?: string;
  readonly validFrom?: string;
  readonly expires?: string;
  readonly reason?: string;
}

/** A command that takes them. */
export const withBulletinWords = (command: Command): Command =>
  command
    .option('--title <title>', text('bulletinTitle'))
    .option('--campaign <ids>', text('bulletinCampaign'))
    .option('--units <ids>', text('bulletinUnits'))
    .option('--language <code>', text('bulletinLanguage'))
    .option('--supplier <name>', text('bulletinSupplier'))
    .option('--priority <priority>', text('bulletinPriority'))
    .option('--valid-from <instant>', text('bulletinValidFrom'))
    .option('--expires <instant>', text('bulletinExpires'))
    .option('--reason <text>', text('bulletinReason'));

const listed = (ids: string): string[] => ids.split(',').filter((id) => id !== '');

/** What was said, as the server takes it; what is no word of its own it refuses by name. */
export const wordsToFacts = (words: BulletinWords) => {
  const { title, campaign, units, language, supplier, priority, reason } = words;
  return {
    ...(title !== undefined && { title }),
    ...(campaign !== undefined && { campaigns: listed(campaign) }),
    ...(units !== undefined && { units: listed(units) }),
    // The server knows the languages and priorities, and says which of them this is not.
    ...(language !== undefined && { language: language as BulletinLanguage }),
    ...(supplier !== undefined && { supplier }),
    ...(priority !== undefined && { priority: priority as Priority }),
    ...(words.validFrom !== undefined && { validFromMs: Date.parse(words.validFrom) }),
    ...(words.expires !== undefined && { expiresMs: Date.parse(words.expires) }),
    ...(reason !== undefined && { reason }),
  };
};
