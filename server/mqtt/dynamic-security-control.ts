import * as z from 'zod';
import type { Clock, Timer } from '#runtime/clock.ts';
import { CONTROL_TOPIC } from './dynamic-security-role.ts';
import { readJson } from './read-json.ts';

const ANSWER_TIMEOUT_MS = 10_000;
/** Commands on their way at once; more are refused. */
const MAX_WAITING = 64;

export interface ControlCommand {
  readonly command: string;
  readonly [field: string]: unknown;
}

/** What the plugin answered to one command; `error` is there when it refused. */
const answerSchema = z.object({
  responses: z.array(
    z.object({
      command: z.string(),
      correlationData: z.string().optional(),
      error: z.string().optional(),
    }),
  ),
});

export interface DynamicSecurityControl {
  /** The plugin's refusal in its own words, undefined when all is done; rejects when it is silent. */
  send(command: ControlCommand): Promise<string | undefined>;
  /** Takes a message of the response topic. */
  answer(payload: Uint8Array): void;
}

interface Waiting {
  readonly resolve: (refusal: string | undefined) => void;
  readonly timer: Timer;
}

/** Commands to Mosquitto's dynamic security plugin, each matched to its answer. */
export const createDynamicSecurityControl = (options: {
  readonly clock: Clock;
  readonly publish: (topic: string, payload: string) => Promise<void>;
}): DynamicSecurityControl => {
  const waiting = new Map<string, Waiting>();
  let sent = 0;
  const settle = (id: string, refusal: string | undefined): void => {
    const entry = waiting.get(id);
    waiting.delete(id);
    entry?.timer.cancel();
    entry?.resolve(refusal);
  };
  const expectAnswer = (id: string): Promise<string | undefined> =>
    new Promise((resolve, reject) => {
      const timer = options.clock.at(options.clock.positionMs() + ANSWER_TIMEOUT_MS, () => {
        waiting.delete(id);
        reject(new Error('dynamic security: silent'));
      });
      waiting.set(id, { resolve, timer });
    });
  return {
    send: async (command) => {
      if (waiting.size >= MAX_WAITING) throw new Error('dynamic security: too many commands');
      sent += 1;
      const correlationData = `c${sent}`;
      const answered = expectAnswer(correlationData);
      const payload = JSON.stringify({ commands: [{ ...command, correlationData }] });
      const [refusal] = await Promise.all([answered, options.publish(CONTROL_TOPIC, payload)]);
      return refusal;
    },
    answer: (payload) => {
      const parsed = answerSchema.safeParse(readJson(payload));
      if (!parsed.success) return;
      for (const { correlationData, error } of parsed.data.responses) {
        if (correlationData !== undefined) settle(correlationData, error);
      }
    },
  };
};
