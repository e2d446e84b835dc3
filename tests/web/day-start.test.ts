import { expect, test } from 'vitest';
import { dayStartMs } from '../../web/features/bulletins/day-start.ts';

test.each([
  {
    why: 'the zone of Việt Nam',
    day: '2026-11-22',
    zone: 'Asia/Ho_Chi_Minh',
    is: '2026-11-21T17:00:00Z',
  },
  { why: 'summer time', day: '2026-07-01', zone: 'Europe/Berlin', is: '2026-06-30T22:00:00Z' },
  {
    why: 'the day that summer time ends',
    day: '2026-10-25',
    zone: 'Europe/Berlin',
    is: '2026-10-24T22:00:00Z',
  },
  {
    why: 'a zone behind UTC',
    day: '2026-11-22',
    zone: 'America/New_York',
    is: '2026-11-22T05:00:00Z',
  },
])('a local day begins at its midnight: $why', ({ day, zone, is }) => {
  expect(dayStartMs(day, zone)).toBe(Date.parse(is));
});
