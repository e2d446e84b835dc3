import { holdsDay } from '#core/airtime/unit-tree.ts';
import type { FrameItem } from '#core/plan/plan-input.ts';
import { createDayTable } from '#runtime/day-table.ts';
import { type IdentRole, identRoleSchema } from '#schemas/entities/ident.ts';
import type { Id } from '#schemas/primitives.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { PlacedIdent } from './placed-idents.ts';
import { meantFor, PLANNED_DAYS_AHEAD, type PlanFacts, readPlanFacts } from './plan-facts.ts';

/** A bulletin as an ident's row names it. */
export interface NamedBulletin {
  readonly id: Id;
  readonly title: string;
}

/** What opens or closes the sessions of a unit; `unit` null: of the whole site. */
export interface UnitIdent {
  readonly role: IdentRole;
  readonly unit: Id | null;
  /** What was chosen for the unit itself, whether it is on the air or not; null: nothing. */
  readonly own: Id | null;
  /** What sounds there now, and whose it is; null: nothing does. */
  readonly sounding: (NamedBulletin & { readonly from: Id | null }) | null;
  /**
   * The first instant of the planned days at which sessions would be without, though something was
   * chosen for the unit or above it; null: never, or nothing was chosen.
   */
  readonly missingFromMs: number | null;
  /** What an approver has still to hear, and will be the unit's own. */
  readonly waiting: readonly NamedBulletin[];
}

const placeOf = ({ role, unit }: Pick<UnitIdent, 'role' | 'unit'>): string => `${role}/${unit}`;

const placesOf = (units: readonly Id[]): readonly (Id | null)[] =>
  units.length === 0 ? [null] : units;

/** What may sound in a unit within the planned days, the nearest first. */
const mayStandIn = (facts: PlanFacts, unit: Id | null): readonly PlacedIdent[] => {
  const { days, rules, idents } = facts;
  const [today = ''] = days;
  const placed = { unit: unit ?? '' };
  const isMeant = meantFor(facts, placed, today);
  const sounds = ({ bulletin }: FrameItem) => isMeant(bulletin);
  return idents.above(rules.unitsAbove(placed, today), { sounds, isEnough: () => false });
};

const isValidAt =
  (atMs: number) =>
  ({ item }: PlacedIdent): boolean =>
    item.validFromMs <= atMs && atMs < item.expiresMs;

/** The first instant from `nowMs` on at which none of them is valid; it may never come. */
const firstGapMs = (placed: readonly PlacedIdent[], nowMs: number): number => {
  let atMs = nowMs;
  for (let next = placed.find(isValidAt(atMs)); next; next = placed.find(isValidAt(atMs))) {
    atMs = next.item.expiresMs;
  }
  return atMs;
};

/** The end of the last planned day. */
const plannedTillMs = ({ site, days: [today = ''] }: PlanFacts): number =>
  createDayTable(site.zone, today, PLANNED_DAYS_AHEAD + 1).at(-1)?.endMs ?? 0;

/**
 * For the whole site and for each unit that stands today: what opens and what closes its sessions,
 * whose that is, from when on there is none though one was chosen, and what waits to be released for
 * it. Source: issue 6, 5; ADR 0030.
 */
export const describeIdents = async (
  ports: Pick<ServerPorts, 'store' | 'clock'>,
): Promise<readonly UnitIdent[]> => {
  const { store } = ports;
  const facts = await readPlanFacts(ports);
  const [today = ''] = facts.days;
  const bulletins = await store.bulletins();
  const titleById = new Map(bulletins.map(({ id, title }) => [id, title]));
  const named = (id: Id): NamedBulletin => ({ id, title: titleById.get(id) ?? '' });
  const ownByPlace = new Map(
    (await store.idents()).map((each) => [placeOf(each), each.bulletin] as const),
  );
  const submitted = bulletins.filter(({ state, trial }) => state === 'submitted' && !trial);
  const units = (await store.units()).filter((unit) => holdsDay(unit, today));
  const tillMs = plannedTillMs(facts);
  return [null, ...units.map(({ id }) => id)].flatMap((unit) => {
    const placed = mayStandIn(facts, unit);
    const path = [...facts.rules.unitsAbove({ unit: unit ?? '' }, today), null];
    return identRoleSchema.options.map((role): UnitIdent => {
      const ofRole = placed.filter(({ item }) => item.role === role);
      const found = ofRole.find(isValidAt(facts.nowMs));
      const isWanted = path.some((each) => ownByPlace.get(placeOf({ role, unit: each })) != null);
      const gapMs = firstGapMs(ofRole, facts.nowMs);
      const waiting = submitted.filter(
        (each) => each.role === role && placesOf(each.units).includes(unit),
      );
      return {
        ...{ role, unit, own: ownByPlace.get(placeOf({ role, unit })) ?? null },
        sounding:
          found?.item.bulletin == null ? null : { ...named(found.item.bulletin), from: found.unit },
        missingFromMs: isWanted && gapMs < tillMs ? gapMs : null,
        waiting: waiting.map(({ id, title }) => ({ id, title })),
      };
    });
  });
};
