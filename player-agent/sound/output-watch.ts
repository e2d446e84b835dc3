import * as z from 'zod';
import type { Logger } from '#runtime/logger.ts';
import type { MpvIpc } from './mpv-ipc.ts';

const outputSchema = z.string().min(1);

/** By which of the outputs that mpv may take sound leaves now. */
export interface OutputWatch {
  /** Asks mpv; where it has no output open, what was seen last holds. */
  look(ipc: MpvIpc): Promise<void>;
  /** Whether it was another one than the first when it was last looked at. */
  isFallback(): boolean;
}

/**
 * Watches that mpv plays by the first output of its list, which it tries anew for each list of clips;
 * `ao` as in `--ao`, null where mpv chooses.
 */
export const createOutputWatch = (ao: string | null, log: Logger): OutputWatch => {
  const [first, ...others] = ao?.split(',') ?? [];
  let isFallback = false;
  return {
    isFallback: () => isFallback,
    look: async (ipc) => {
      if (others.length === 0) return;
      const answer = await ipc.command('get_property', 'current-ao');
      const used = answer.ok ? outputSchema.safeParse(answer.value).data : undefined;
      if (used === undefined) return;
      const isOther = used !== first;
      if (isOther !== isFallback) log.warn({ event: isOther ? 'outputLost' : 'outputBack', used });
      isFallback = isOther;
    },
  };
};
