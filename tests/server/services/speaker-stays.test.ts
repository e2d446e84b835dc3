import { expect, test } from 'vitest';
import type { Speaker } from '#schemas/entities/site.ts';
import { staysOf } from '../../../server/services/speaker-stays.ts';
import { entities } from '../db/entities.ts';

const zone = 'Asia/Ho_Chi_Minh';
const at = (iso: string): number => Date.parse(`${iso}+07:00`);
const { unit } = entities.speaker;

const stays = (change: Partial<Speaker>) => staysOf({ ...entities.speaker, ...change }, zone, 1);

test('a speaker owes nothing on the days on which it was enrolled and removed', () => {
  const enrolledMs = at('2026-03-02T00:00:00');
  expect(stays({ enrolledMs })).toEqual([{ unit, from: '2026-03-03', to: null }]);
  const removed = (iso: string) => stays({ enrolledMs, removedMs: at(iso) });
  expect(removed('2026-03-05T23:59:59')).toEqual([{ unit, from: '2026-03-03', to: '2026-03-04' }]);
  expect(removed('2026-03-03T23:59:59')).toEqual([]);
});

test('a speaker that was never enrolled owes nothing', () => {
  expect(stays({ enrolledMs: null })).toEqual([]);
});
