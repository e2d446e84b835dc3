import { expect, test } from 'vitest';
import { createTexts, languagesOf } from '../../bootstrap/texts.mjs';

test.each([
  { env: {}, languages: ['vi', 'en'], why: 'nothing known: both, Vietnamese first' },
  { env: { LANG: 'C.UTF-8' }, languages: ['vi', 'en'], why: 'a bare machine says nothing' },
  { env: { LANG: 'vi_VN.UTF-8' }, languages: ['vi'], why: 'a Vietnamese machine' },
  { env: { LANG: 'en_GB.UTF-8' }, languages: ['en'], why: 'an English machine' },
  { env: { LANG: 'en_GB', LC_ALL: 'vi_VN' }, languages: ['vi'], why: 'LC_ALL is stronger' },
  { env: { LANG: 'en_GB', TIENG_LANG_LANGUAGE: 'vi' }, languages: ['vi'], why: 'chosen' },
  { env: { LANG: 'vi_VN', TIENG_LANG_LANGUAGE: 'en' }, languages: ['en'], why: 'chosen' },
])('$env speaks $languages: $why', ({ env, languages }) => {
  expect(languagesOf(env)).toEqual(languages);
});

test('where the language is unclear, a sentence is said in Vietnamese, then in English', () => {
  expect(createTexts({})('done', { elapsedS: 7 })).toBe('… xong sau 7 giây\n… done after 7 s');
});
