import { expect, test } from 'vitest';
import { bulletinLanguages } from '#schemas/bulletin-language.ts';
import en from '#schemas/messages/en/languages.json' with { type: 'json' };
import vi from '#schemas/messages/vi/languages.json' with { type: 'json' };

test('every language of bulletins is a code as browsers know it, and has a name of its own', () => {
  expect(Intl.getCanonicalLocales([...bulletinLanguages])).toEqual([...bulletinLanguages]);
  for (const names of [vi, en]) {
    expect(Object.keys(names)).toEqual([...bulletinLanguages]);
    expect(new Set(Object.values(names)).size).toBe(bulletinLanguages.length);
  }
});
