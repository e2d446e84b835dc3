import type { Language } from '#schemas/messages/sentence.ts';

/** What is said of something, in both languages, as it stands beside the data. */
export const inBoth = (say: (language: Language) => string) => ({
  sentences: { vi: say('vi'), en: say('en') },
});
