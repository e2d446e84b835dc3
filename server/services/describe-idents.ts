import { holdsDay } from '#core/airtime/unit-tree.ts';
import type { FrameItem } from '#core/plan/plan-input.ts';
import { type IdentRole, identRoleSchema } from '#schemas/entities/ident.ts';
import type { Id } from '#schemas/primitives.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { meantFor, type PlanFacts, readPlanFacts } from './plan-facts.ts';

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
  /** What an approver has still to hear, and will be the unit's own. */
  readonly waiting: readonly NamedBulletin[];
}

const placeOf = ({ role, unit }: Pick<UnitIdent, 'role' | 'unit'>): string => `${role}/${unit}`;

const placesOf = (units: readonly Id[]): readonly (Id | null)[] =>
  units.length === 0 ? [null] : units;

/** What sounds in a unit at this instant, by its role. */
const soundingIn = (facts: PlanFacts, unit: Id | null) => {
  const { days, nowMs, rules, idents } = facts;
  const [today = ''] = days;
  const placed = { unit: unit ?? '' };
  const isMeant = meantFor(facts, placed, today);
  const sounds = ({ bulletin, validFromMs, expiresMs }: FrameItem) =>
    validFromMs <= nowMs && nowMs < expiresMs && isMeant(bulletin);
  const above = idents.above(rules.unitsAbove(placed, today), { sounds, isEnough: () => true });
  return new Map(above.map(({ item, unit: from }) => [item.role, { id: item.bulletin, from }]));
};

/**
 * For the whole site and for each unit that stands today: what opens and what closes its sessions,
 * whose that is, and what waits to be released for it. Source: issue 6, 5.
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
  return [null, ...units.map(({ id }) => id)].flatMap((unit) => {
    const sounding = soundingIn(facts, unit);
    return identRoleSchema.options.map((role): UnitIdent => {
      const found = sounding.get(role);
      const waiting = submitted.filter(
        (each) => each.role === role && placesOf(each.units).includes(unit),
      );
      return {
        ...{ role, unit, own: ownByPlace.get(placeOf({ role, unit })) ?? null },
        sounding: found?.id == null ? null : { ...named(found.id), from: found.from },
        waiting: waiting.map(({ id, title }) => ({ id, title })),
      };
    });
  });
};
