/** What may become of a bulletin. */
export const deeds = ['submit', 'release', 'reject', 'withdraw'] as const;
export type Deed = (typeof deeds)[number];

/** By these nothing is lost. */
export const gentle: ReadonlySet<Deed> = new Set(['submit', 'release']);
