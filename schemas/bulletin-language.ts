import * as z from 'zod';

/**
 * The languages that bulletins are made in, by their BCP 47 codes: Vietnamese, the languages of Việt
 * Nam's minorities that communes broadcast in, and those of guests and of neighbours across the border.
 * `messages/{vi,en}/languages.json` names each. Source: issue 6, 5; ISO 639-3.
 */
export const bulletinLanguages = [
  'vi',
  'bdq',
  'blt',
  'bru',
  'cja',
  'cjm',
  'cmo',
  'cua',
  'hmn',
  'hni',
  'hre',
  'ium',
  'jeh',
  'jra',
  'kjg',
  'km',
  'kpm',
  'ktv',
  'mlc',
  'mtq',
  'nut',
  'pac',
  'pcc',
  'rad',
  'rog',
  'sed',
  'stt',
  'twh',
  'tyz',
  'en',
  'lo',
  'zh',
] as const;

/** The only language that texts are read out in: numbers, dates and abbreviations are said in it. */
export const SPOKEN_LANGUAGE = 'vi';

export const bulletinLanguageSchema = z.enum(bulletinLanguages);
export type BulletinLanguage = z.infer<typeof bulletinLanguageSchema>;
