import type { Problem } from '#schemas/problem.ts';
import type { Result } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { clearEmergencies } from './clear-emergencies.ts';
import { planDays } from './plan-days.ts';
import { publishLimits } from './publish-limits.ts';
import { trialBroadcast } from './trial-broadcast.ts';

/**
 * Brings everything that speakers are told in line with what was entered: first their limits, then
 * their plans, then, once, the trial broadcast. What cannot be done now is logged, and done by the
 * next making.
 */
export const makePlans = async (
  ports: Pick<ServerPorts, 'store' | 'keys' | 'clock' | 'entropy' | 'log'>,
): Promise<void> => {
  const cleared = await clearEmergencies(ports);
  if (!cleared.ok) logRefusal(ports, 'emergenciesNotCleared', cleared);
  const told = await publishLimits(ports);
  if (!told.ok) return logRefusal(ports, 'limitsNotPublished', told);
  const planned = await planDays(ports);
  if (!planned.ok) return logRefusal(ports, 'daysNotPlanned', planned);
  ports.log.info({ event: 'daysPlanned', limits: told.value, ...planned.value });
  const trial = await trialBroadcast(ports);
  if (!trial.ok) return logRefusal(ports, 'trialNotBroadcast', trial);
  if (trial.value !== null) ports.log.info({ event: 'trialOrdered', ...trial.value });
};

const logRefusal = (
  { log }: Pick<ServerPorts, 'log'>,
  event: string,
  refused: Extract<Result<unknown, Problem>, { ok: false }>,
): void => {
  log.error({ event, ...refused.problem });
};
