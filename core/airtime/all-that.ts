/** Those that pass, in their order; the list itself when all do, as they nearly always do. */
export const allThat = <T>(list: readonly T[], passes: (one: T) => boolean): readonly T[] => {
  for (const one of list) if (!passes(one)) return list.filter(passes);
  return list;
};
