import type { Bulletin } from '#schemas/entities/bulletin.ts';
import type { Priority } from '#schemas/primitives.ts';

/** What is said of a bulletin besides its sound and text. */
export type BulletinFacts = Pick<
  Bulletin,
  | 'title'
  | 'language'
  | 'supplier'
  | 'campaigns'
  | 'units'
  | 'priority'
  | 'validFromMs'
  | 'expiresMs'
>;

/**
 * What a change of facts means for the air. `none`: nothing differs. `words`: only what people read.
 * `less`: it may sound nowhere, at no time and no more urgently than before. `anew`: anything else.
 */
export type FactChange = 'none' | 'words' | 'less' | 'anew';

const urgency: Readonly<Record<Priority, number>> = { normal: 0, priority: 1, emergency: 2 };

const isSameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each));

const isSameOnAir = (before: BulletinFacts, after: BulletinFacts): boolean =>
  isSameSet(before.campaigns, after.campaigns) &&
  isSameSet(before.units, after.units) &&
  before.priority === after.priority &&
  before.validFromMs === after.validFromMs &&
  before.expiresMs === after.expiresMs;

/**
 * What the change means. Campaigns stand in the signed release and are never changed under it; no
 * units mean every unit; `isBelow` tells whether a unit is another one or stands below it.
 * Source: docs/adr/0019-each-version-is-a-bulletin.md.
 */
export const factChange = (
  before: BulletinFacts,
  after: BulletinFacts,
  isBelow: (unit: string, above: string) => boolean,
): FactChange => {
  if (isSameOnAir(before, after)) {
    const { title, language, supplier } = before;
    const isSame =
      title === after.title && language === after.language && supplier === after.supplier;
    return isSame ? 'none' : 'words';
  }
  const isInside =
    before.units.length === 0 ||
    (after.units.length > 0 &&
      after.units.every((unit) => before.units.some((above) => isBelow(unit, above))));
  const isLess =
    isInside &&
    isSameSet(before.campaigns, after.campaigns) &&
    urgency[after.priority] <= urgency[before.priority] &&
    after.validFromMs >= before.validFromMs &&
    after.expiresMs <= before.expiresMs;
  return isLess ? 'less' : 'anew';
};
