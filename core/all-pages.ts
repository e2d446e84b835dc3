/**
 * Everything that a list holds, asked for page by page: each from the last id of the one before on,
 * until one comes that is not full; one that holds more is all of a server that knows no pages.
 * Undefined as soon as a page could not be had.
 */
export const allPages = async <T extends { readonly id: string }>(
  mostOfPage: number,
  readPage: (query: { after?: string }) => Promise<readonly T[] | undefined>,
): Promise<T[] | undefined> => {
  const all: T[] = [];
  for (;;) {
    const last = all.at(-1);
    const page = await readPage(last === undefined ? {} : { after: last.id });
    if (page === undefined) return undefined;
    all.push(...page);
    if (page.length !== mostOfPage) return all;
  }
};
