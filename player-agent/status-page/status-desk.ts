import type { Entropy } from '#runtime/clock.ts';
import { localTextToInstant } from '#runtime/day-table.ts';
import type { Logger } from '#runtime/logger.ts';
import type { Agent } from '../agent.ts';
import { openStatusServer, type StatusServer } from './status-server.ts';

export interface StatusDeskOptions {
  readonly agent: Agent;
  /** Null where there is to be no page. */
  readonly port: number | null;
  readonly entropy: Entropy;
  readonly logger: Logger;
}

/** Opens the status page of a running agent; a port that is taken keeps no speaker from playing. */
export const openStatusDesk = async (options: StatusDeskOptions): Promise<StatusServer | null> => {
  const { agent, port, entropy, logger } = options;
  if (port === null) return null;
  const opened = await openStatusServer({
    port,
    entropy,
    facts: agent.status,
    setTime: async (local) => {
      const wallMs = localTextToInstant(local, (await agent.status()).zone);
      if (wallMs === undefined) return 'timeWrong';
      await agent.setManualTime(wallMs);
      const { source } = (await agent.health()).clock;
      logger.info({ event: 'timeSetByHand', wallMs, source });
      return source === 'manual' ? 'timeSet' : 'timeKept';
    },
    playTone: agent.playTone,
    playDrill: agent.playDrill,
    onError: (error) => logger.error({ event: 'statusPageFailed', error: String(error) }),
  });
  if (opened.ok) return opened.value;
  logger.warn({ event: 'statusPageNotOpen', problem: opened.problem });
  return null;
};
