import type { ByteRange } from '#content/ports.ts';

/**
 * The part of `size` bytes that a Range header asks for: `[from, to)`; undefined for the whole,
 * also when the header asks for several parts; `unsatisfiable` when no byte of it is there.
 * Source: RFC 9110, 14.
 */
export const parseRange = (
  header: string | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | undefined => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  const [first, last] = [match?.[1] ?? '', match?.[2] ?? ''];
  if (match === null || (first === '' && last === '')) return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  return from >= to ? 'unsatisfiable' : { from, to };
};
