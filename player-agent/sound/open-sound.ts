import type { Clock } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { Player } from '../ports/player.ts';
import { type CaptureListener, startCapture } from './capture-level.ts';
import { createHeardPlayer } from './heard-player.ts';
import { withLatency } from './latency-player.ts';
import { openLaterOutput } from './later-output.ts';
import { createMpvPlayer } from './mpv-player.ts';
import { type ChosenOutput, chooseOutput } from './output-device.ts';

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
  /** How long the device behind the output holds sound back, in milliseconds. */
  readonly latencyMs: number;
  /** A name no other player of this machine has. */
  readonly pipeName: string;
}

type Opened = Result<Player, ProblemOf<'audioToolFailed'> | ProblemOf<'audioToolMissing'>>;

const openOutput = async (options: SoundOptions, output: ChosenOutput): Promise<Opened> => {
  const { clock, log, capture: source } = options;
  log.info({ event: 'outputChosen', ...output });
  const player = await createMpvPlayer({ ...options, output, mpvPath: options.mpvPath ?? 'mpv' });
  if (!player.ok) return player;
  const capture =
    source === null
      ? null
      : (listener: CaptureListener) => startCapture({ ...options, source }, listener);
  const late = withLatency(player.value, options.latencyMs, clock);
  return ok(createHeardPlayer(late, { clock, capture }));
};

/**
 * The speaker's sound as configured, ready to be asked. `output().driver` is `null` while nothing
 * can be heard; a better output is looked for before each list, unless one was set. With a capture
 * source nothing is claimed that was measured silent. Errors: audioToolMissing, audioToolFailed.
 */
export const openSound = (options: SoundOptions): Promise<Opened> =>
  openLaterOutput({
    choose: () => chooseOutput(options),
    open: (output) => openOutput(options, output),
  });
