import { expect, test } from 'vitest';
import type { Change, EntityName } from '#server/ports/store.ts';
import { changesToReplan } from '#server/services/changes-to-replan.ts';
import { entities } from '#tests/server/db/entities.ts';

const changeOf = (what: EntityName, changed: object = {}): Change =>
  ({ do: 'put', what, value: { ...entities[what], ...changed } }) as Change;

test.each([
  { what: 'rule', changed: {} },
  { what: 'cap', changed: {} },
  { what: 'programme', changed: {} },
  { what: 'unit', changed: {} },
  { what: 'speaker', changed: {} },
  { what: 'site', changed: { zone: 'Asia/Tokyo' } },
  { what: 'bulletin', changed: { state: 'released' } },
  { what: 'bulletin', changed: { state: 'withdrawn' } },
] as const)('plans are made anew when a $what is written: $changed', ({ what, changed }) => {
  expect(changesToReplan([changeOf('record'), changeOf(what, changed)])).toBe(what);
});

test.each([
  { what: 'bulletin', changed: { state: 'submitted' } },
  { what: 'record', changed: {} },
  { what: 'excuse', changed: {} },
  { what: 'correction', changed: {} },
  { what: 'lock', changed: {} },
  { what: 'pointer', changed: {} },
  { what: 'note', changed: {} },
  { what: 'order', changed: {} },
] as const)('plans stay as they are when a $what is written: $changed', ({ what, changed }) => {
  expect(changesToReplan([changeOf(what, changed)])).toBeUndefined();
});
