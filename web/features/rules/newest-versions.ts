/** The newest version of each thing, in the order of their ids. */
export const newestOf = <Version extends { readonly id: string; readonly version: number }>(
  versions: readonly Version[],
): readonly Version[] => [
  ...new Map(
    versions.toSorted((a, b) => a.version - b.version).map((version) => [version.id, version]),
  ).values(),
];

/** The versions of one thing, the newest first. */
export const versionsOf = <Version extends { readonly id: string; readonly version: number }>(
  versions: readonly Version[],
  id: string,
): readonly Version[] =>
  versions.filter((version) => version.id === id).toSorted((a, b) => b.version - a.version);
