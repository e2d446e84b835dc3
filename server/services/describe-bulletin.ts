import type { ProblemOf } from '#schemas/problem.ts';
import type { BulletinDescription } from '#schemas/requests/bulletin.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';

/** How long a bulletin may be aired when nobody says otherwise: a year. */
const DEFAULT_VALIDITY_MS = 366 * 86_400_000;

export type DescriptionProblem = ProblemOf<'unknownCampaign' | 'requestInvalid'>;

/** When a bulletin may sound: instants `[validFromMs, expiresMs)`. */
export interface Validity {
  readonly validFromMs: number;
  readonly expiresMs: number;
}

/**
 * Checks what is said of a bulletin before its sound is touched. Errors: unknownCampaign,
 * requestInvalid (it would expire before it may sound).
 */
export const checkDescription = async (
  { store, clock }: Pick<ServerPorts, 'store' | 'clock'>,
  description: Pick<BulletinDescription, 'campaigns' | 'validFromMs' | 'expiresMs'>,
): Promise<Result<Validity, DescriptionProblem>> => {
  const known = new Set((await store.campaigns()).map(({ id }) => id));
  const unknown = description.campaigns.find((id) => !known.has(id));
  if (unknown !== undefined) return refuse({ code: 'unknownCampaign', campaign: unknown });
  const validFromMs = description.validFromMs ?? Math.floor(clock.wallMs());
  const expiresMs = description.expiresMs ?? validFromMs + DEFAULT_VALIDITY_MS;
  if (expiresMs > validFromMs) return ok({ validFromMs, expiresMs });
  return refuse({
    code: 'requestInvalid',
    issues: [{ path: 'expiresMs', issue: '<= validFromMs' }],
  });
};
