import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allPages } from '#core/all-pages.ts';

test('a list of any length is read whole and in order, whatever fits into one page', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 40 }), fc.integer({ min: 1, max: 12 }), async (count, most) => {
      const all = Array.from({ length: count }, (_, index) => ({ id: `${index + 100}` }));
      const readPage = async ({ after = '' }: { after?: string }) =>
        all.filter(({ id }) => id > after).slice(0, most);
      expect(await allPages(most, readPage)).toEqual(all);
    }),
  );
});

test('a server that knows no pages and tells everything at once is asked once', async () => {
  const all = [{ id: '1' }, { id: '2' }, { id: '3' }];
  let asked = 0;
  const readPage = async () => {
    asked += 1;
    return asked === 1 ? all : undefined;
  };
  expect(await allPages(2, readPage)).toEqual(all);
});

test('a list of which a page is refused is not taken for shorter', async () => {
  const readPage = async ({ after }: { after?: string }) =>
    after === undefined ? [{ id: '1' }] : undefined;
  expect(await allPages(1, readPage)).toBeUndefined();
});
