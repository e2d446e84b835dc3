import type { Clock } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { Player } from '../ports/player.ts';
import { type CaptureListener, startCapture } from './capture-level.ts';
import { createHeardPlayer } from './heard-player.ts';
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
  /** Where the output is listened to, as `pulse:SOURCE`; null where it is not measured. */
  readonly capture: string | null;
  /** A name no other player of this machine has. */
  readonly pipeName: string;
}

/**
 * The speaker's sound as configured, ready to be asked. `output().driver` is `null` where nothing
 * can be heard. With a capture source nothing is claimed that was measured silent. Errors: audioToolMissing, audioToolFailed.
 */
export const openSound = async (
  options: SoundOptions,
): Promise<Result<Player, ProblemOf<'audioToolFailed'> | ProblemOf<'audioToolMissing'>>> => {
  const output = await chooseOutput(options);
  options.log.info({ event: 'outputChosen', ...output });
  const player = await createMpvPlayer({ ...options, output, mpvPath: options.mpvPath ?? 'mpv' });
  const { clock, capture: source } = options;
  if (!player.ok || source === null) return player;
  const capture = (listener: CaptureListener) => startCapture({ ...options, source }, listener);
  return ok(createHeardPlayer(player.value, { clock, capture }));
};
