import * as z from 'zod';
import { type MakeGoodMode, makeGoodModeSchema } from '#schemas/make-good.ts';
import { type Id, idSchema } from '#schemas/primitives.ts';
import type { Change, Store } from '../ports/store.ts';

/** What holds where nobody has set anything. */
export const DEFAULT_MODE: MakeGoodMode = 'byItself';
const NOTE = 'makeGood';

const modesSchema = z.object({
  site: makeGoodModeSchema,
  units: z.record(idSchema, makeGoodModeSchema),
});

/** Whether speakers repay by themselves: for the site, and for units that have it otherwise. */
export type MakeGoodModes = z.infer<typeof modesSchema>;

/** The setting as it stands; `byItself` for the site where nobody has set anything. */
export const readMakeGoodModes = async (store: Pick<Store, 'note'>): Promise<MakeGoodModes> => {
  const text = await store.note(NOTE);
  return text === undefined
    ? { site: DEFAULT_MODE, units: {} }
    : modesSchema.parse(JSON.parse(text));
};

/** The change that remembers the setting. */
export const makeGoodModesToChange = (modes: MakeGoodModes): Change => ({
  do: 'put',
  what: 'note',
  value: { name: NOTE, text: JSON.stringify(modes) },
});

/** What holds in a unit, given with those above it, the unit itself first. */
export const modeIn = (modes: MakeGoodModes, path: readonly Id[]): MakeGoodMode => {
  for (const unit of path) {
    const own = modes.units[unit];
    if (own !== undefined) return own;
  }
  return modes.site;
};
