import type { Language } from '#schemas/messages/fill-sentence.ts';
import type { SizeName } from './browser.ts';

/** How somebody looks on. */
export interface View {
  readonly language: Language;
  readonly size: SizeName;
}

/** Both languages at both sizes. */
export const views = [
  { language: 'vi', size: 'pc' },
  { language: 'vi', size: 'telephone' },
  { language: 'en', size: 'pc' },
  { language: 'en', size: 'telephone' },
] as const satisfies readonly View[];

/** Each language and each size once. */
export const crossViews = [views[0], views[3]] as const;
