import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { chosenLanguage, loadTexts } from './language.ts';

/** Shows the console in the language of this browser. */
export const startTexts = async (): Promise<void> => {
  const language = chosenLanguage();
  document.documentElement.lang = language;
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    resources: { [language]: { translation: await loadTexts(language) } },
  });
};
