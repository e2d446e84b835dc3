import { expect, test } from 'vitest';
import { eventToKeys } from '../../web/shared/live/event-to-keys.ts';

test('what a changed telephone number leaves to do is read again with the bulletins', () => {
  expect(eventToKeys({ kind: 'listChanged', list: 'hotlines' })).toEqual([
    ['hotlines'],
    ['bulletins'],
  ]);
});
