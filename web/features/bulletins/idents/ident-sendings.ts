import type { Bulletin } from '#schemas/entities/bulletin.ts';
import type { IdentRole } from '#schemas/entities/ident.ts';
import { UNIT_NAME_KEY } from '#schemas/unit-name-key.ts';

/** Stands for the whole site among the units. */
export const EVERYWHERE = 'everywhere';

interface Place {
  readonly id: string;
  readonly name: string;
}

/** A text that is sent to be read out for some units; for none, it is for the whole site. */
export interface IdentText {
  readonly title: string;
  readonly text: string;
  readonly role: IdentRole;
  readonly units: string[];
}

interface Written extends Pick<IdentText, 'text' | 'role'> {
  readonly name: string;
}

/**
 * What is to be read out for these places: once for each name, where the text says it, else once for all
 * units, as the same sound cannot be brought twice. The whole site has one of its own.
 */
export const identTexts = (
  { name, text, role }: Written,
  places: readonly Place[],
): readonly IdentText[] => {
  const isNamed = text.includes(`{${UNIT_NAME_KEY}}`);
  const heardIn = (place: Place): string => {
    if (place.id === EVERYWHERE) return EVERYWHERE;
    return isNamed ? `: ${place.name}` : '';
  };
  return [...Map.groupBy(places, heardIn)].map(([heard, sharing]) => ({
    title: heard === EVERYWHERE ? `${name}: ${sharing[0]?.name}` : `${name}${heard}`,
    text,
    role,
    units: heard === EVERYWHERE ? [] : sharing.map(({ id }) => id),
  }));
};

/** Whether the same was sent before, in a try that broke off half way. */
export const isWaiting = (bulletin: Bulletin, { title, text, role, units }: IdentText): boolean =>
  bulletin.state === 'submitted' &&
  bulletin.role === role &&
  bulletin.title === title.normalize('NFC').trim() &&
  bulletin.script === text.normalize('NFC') &&
  `${bulletin.units}` === `${units}`;
