import type { Clock } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { Result } from '#schemas/result.ts';
import type { Player } from '../ports/player.ts';
import { createMpvPlayer } from './mpv-player.ts';
import { chooseOutput } from './output-device.ts';

export interface SoundOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly env: NodeJS.ProcessEnv;
  /** mpv's names for an output that the administrator has set; null to look for one. */
  readonly ao: string | null;
  readonly device: string | null;
  /** The program, by name or path; null for `mpv`. */
  readonly mpvPath: string | null;
  /** A name no other player of this machine has. */
  readonly pipeName: string;
}

/**
 * The speaker's sound as configured, ready to be asked. `output().driver` is `null` where nothing
 * can be heard. Errors: audioToolMissing, audioToolFailed.
 */
export const openSound = async (
  options: SoundOptions,
): Promise<Result<Player, ProblemOf<'audioToolFailed'> | ProblemOf<'audioToolMissing'>>> => {
  const output = await chooseOutput(options);
  options.log.info({ event: 'outputChosen', ...output });
  return createMpvPlayer({ ...options, output, mpvPath: options.mpvPath ?? 'mpv' });
};
