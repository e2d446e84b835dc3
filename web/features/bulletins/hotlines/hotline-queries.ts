import { queryOptions } from '@tanstack/react-query';
import type { Hotline } from '#schemas/entities/hotline.ts';
import { answered, api } from '../../../shared/api/api.ts';

/** The telephone numbers that scripts ask for. */
export const hotlinesQuery = queryOptions({
  queryKey: ['hotlines'],
  queryFn: () => answered(api.hotlines.$get()),
});

/** The number that stands for a key in a unit at the server now; null for none. */
export const fetchNumber = async ({ key, unit }: Pick<Hotline, 'key' | 'unit'>) => {
  const lines = await answered(api.hotlines.$get());
  return lines.find((line) => line.key === key && line.unit === unit)?.number ?? null;
};

/** What changed numbers leave to do; asked for again with the bulletins. */
export const numberWorkQuery = queryOptions({
  queryKey: ['bulletins', 'numbers'],
  queryFn: () => answered(api.hotlines.uses.$get()),
});
