import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Language } from '#schemas/messages/fill-sentence.ts';

const STORED_AS = 'tieng-lang.language';

const toLanguage = (name: string | null | undefined): Language => (name === 'en' ? 'en' : 'vi');

/** What was chosen in this browser before; Vietnamese until somebody chooses. */
export const chosenLanguage = (): Language => toLanguage(localStorage.getItem(STORED_AS));

const loadVietnamese = async () =>
  (await import('#schemas/messages/vi/console.json', { with: { type: 'json' } })).default;

const loadEnglish = async () =>
  (await import('#schemas/messages/en/console.json', { with: { type: 'json' } })).default;

/** The sentences of the console; every language has the same keys. */
export type Texts = Readonly<Record<keyof Awaited<ReturnType<typeof loadVietnamese>>, string>>;

/** The sentences of one language, which load when the language is chosen. */
export const loadTexts = (language: Language): Promise<Texts> =>
  language === 'vi' ? loadVietnamese() : loadEnglish();

/** Shows the console in another language from now on, also after a reload. */
export const chooseLanguage = async (language: Language): Promise<void> => {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await loadTexts(language));
  }
  localStorage.setItem(STORED_AS, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
};

/** The language that the console is shown in. */
export const useLanguage = (): Language => toLanguage(useTranslation().i18n.language);
