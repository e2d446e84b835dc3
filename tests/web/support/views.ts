import type { Language } from '#schemas/messages/fill-sentence.ts';
import type { SizeName } from './browser.ts';

/** How somebody looks on. */
export interface View {
  readonly language: Language;
  readonly size: SizeName;
}

/** What is set by `bootstrap/test.mjs --long`. */
const long = process.env.TIENG_LANG_TEST_LONG === '1';

const allViews = [
  { language: 'vi', size: 'pc' },
  { language: 'vi', size: 'telephone' },
  { language: 'en', size: 'pc' },
  { language: 'en', size: 'telephone' },
] as const satisfies readonly View[];

/** An office PC in Vietnamese, and a telephone in English: each language and each size once. */
export const [office, telephone] = [allViews[0], allViews[3]] as const;
export const crossViews: readonly View[] = [office, telephone];

/** How every screen is looked at: in long runs both languages at both sizes. */
export const views: readonly View[] = long ? allViews : crossViews;

/** For what goes on in the same way everywhere: in long runs each language and each size. */
export const viewsOrOnly = (only: View): readonly View[] => (long ? crossViews : [only]);
