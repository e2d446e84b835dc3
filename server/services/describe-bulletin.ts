import type { Bulletin } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { BulletinDescription } from '#schemas/requests/bulletin.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { findBulletin } from './find-bulletin.ts';

/** How long a bulletin may be aired when nobody says otherwise: a year. */
const DEFAULT_VALIDITY_MS = 366 * 86_400_000;

export type DescriptionProblem = ProblemOf<
  'unknownCampaign' | 'unknownUnit' | 'requestInvalid' | 'notFound' | 'wrongState'
>;

/** When a bulletin may sound: instants `[validFromMs, expiresMs)`. */
export interface Validity {
  readonly validFromMs: number;
  readonly expiresMs: number;
}

/** What is said of a bulletin, found to hold together. */
export interface CheckedDescription extends Validity {
  /** The version that it takes the place of; undefined for the first one. */
  readonly replaces: Bulletin | undefined;
}

type Described = Pick<
  BulletinDescription,
  'campaigns' | 'units' | 'validFromMs' | 'expiresMs' | 'replaces'
>;

/**
 * Checks what is said of a bulletin before its sound is touched. Errors: unknownCampaign, unknownUnit,
 * requestInvalid (it would expire before it may sound); for a version after the first one notFound and
 * wrongState (what it should replace is withdrawn, or was replaced already).
 */
export const checkDescription = async (
  { store, clock }: Pick<ServerPorts, 'store' | 'clock'>,
  description: Described,
): Promise<Result<CheckedDescription, DescriptionProblem>> => {
  const unknown = await unknownReference(store, description);
  if (unknown !== undefined) return refuse(unknown);
  const replaces = await findReplaced(store, description.replaces);
  if (!replaces.ok) return replaces;
  const validFromMs = description.validFromMs ?? Math.floor(clock.wallMs());
  const expiresMs = description.expiresMs ?? validFromMs + DEFAULT_VALIDITY_MS;
  const validity = checkValidity({ validFromMs, expiresMs });
  return validity.ok ? ok({ ...validity.value, replaces: replaces.value }) : validity;
};

/** The validity, if there is any time in it. Errors: requestInvalid. */
export const checkValidity = (validity: Validity): Result<Validity, ProblemOf<'requestInvalid'>> =>
  validity.expiresMs > validity.validFromMs
    ? ok(validity)
    : refuse({
        code: 'requestInvalid',
        issues: [{ path: 'expiresMs', issue: '<= validFromMs' }],
      });

/** The first campaign or unit that the site does not know. */
export const unknownReference = async (
  store: ServerPorts['store'],
  { campaigns, units }: Pick<Described, 'campaigns' | 'units'>,
): Promise<ProblemOf<'unknownCampaign' | 'unknownUnit'> | undefined> => {
  const knownCampaigns = new Set((await store.campaigns()).map(({ id }) => id));
  const campaign = campaigns.find((id) => !knownCampaigns.has(id));
  if (campaign !== undefined) return { code: 'unknownCampaign', campaign };
  const knownUnits = new Set((await store.units()).map(({ id }) => id));
  const unit = units.find((id) => !knownUnits.has(id));
  return unit === undefined ? undefined : { code: 'unknownUnit', unit };
};

const findReplaced = async (
  store: ServerPorts['store'],
  id: string | undefined,
): Promise<Result<Bulletin | undefined, ProblemOf<'notFound' | 'wrongState'>>> =>
  id === undefined
    ? ok(undefined)
    : findBulletin(store, id, ['draft', 'submitted', 'released', 'rejected']);
