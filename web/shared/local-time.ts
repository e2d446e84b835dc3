import { useSuspenseQuery } from '@tanstack/react-query';
import type { Language } from '#schemas/messages/fill-sentence.ts';
import { siteQuery } from './api/queries.ts';
import { useLanguage } from './texts/language.ts';

const MS_PER_DAY = 86_400_000;

const localeOf: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' };

/** A number as it is written in the language: "0,5" or "0.5". */
export const figure = (value: number, language: Language): string =>
  value.toLocaleString(localeOf[language]);

/** How instants are shown: always in the site's zone, whatever the zone of the browser. */
export interface LocalTimes {
  readonly zone: string;
  /** "06:30" */
  time(instantMs: number): string;
  /** "06:30:05" */
  exactTime(instantMs: number): string;
  /** "22/11/2026, 06:30" */
  dayAndTime(instantMs: number): string;
  /** The local day that holds the instant, as `YYYY-MM-DD`. */
  day(instantMs: number): string;
  /** Hours since local midnight on the wall clock, from 0 up to 24. */
  hours(instantMs: number): number;
  /** "22/11/2026" */
  date(day: string): string;
  /** "Thứ Hai, 23/11" */
  dayName(day: string): string;
}

const createLocalTimes = (zone: string, language: Language): LocalTimes => {
  const locale = localeOf[language];
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: 'h23', ...options });
  const minutes = format({ hour: '2-digit', minute: '2-digit' });
  const seconds = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const days = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
  const dates = format({ day: '2-digit', month: '2-digit', year: 'numeric' });
  const names = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    weekday: 'long',
    day: '2-digit',
    month: '2-digit',
  });
  return {
    zone,
    time: (instantMs) => minutes.format(instantMs),
    exactTime: (instantMs) => seconds.format(instantMs),
    dayAndTime: (instantMs) => `${dates.format(instantMs)} ${minutes.format(instantMs)}`,
    day: (instantMs) => days.format(instantMs),
    hours: (instantMs) => {
      const [hour = 0, minute = 0, second = 0] = seconds.format(instantMs).split(':').map(Number);
      return hour + minute / 60 + second / 3600;
    },
    date: (day) => day.split('-').toReversed().join('/'),
    dayName: (day) => names.format(Date.parse(day)),
  };
};

/** Local times of the site in the language that is chosen. */
export const useLocalTimes = (): LocalTimes => {
  const { data } = useSuspenseQuery(siteQuery);
  return createLocalTimes(data.zone, useLanguage());
};

/** The day `count` days after a local day. */
export const dayAfter = (day: string, count: number): string =>
  new Date(Date.parse(day) + count * MS_PER_DAY).toISOString().slice(0, 10);

/** Monday to Sunday of the week that holds the day. */
export const weekOf = (day: string): readonly string[] => {
  const sinceMonday = (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
  return Array.from({ length: 7 }, (_, index) => dayAfter(day, index - sinceMonday));
};

/** "4:05" for a length of time. */
export const lengthOf = (durationMs: number): string => {
  const seconds = Math.round(durationMs / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};
