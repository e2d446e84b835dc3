import { openSound } from '#player-agent/sound/open-sound.ts';
import { systemClock } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';

/** `node play-clip.ts CLIP` plays a clip and prints `sounding` as soon as it can be heard. */
const [path = ''] = process.argv.slice(2);
const clock = systemClock();
const log = createLogger('test', 'silent');
const unset = {
  ao: 'pulse',
  device: null,
  mpvPath: null,
  capture: null,
  latencyMs: 0,
  pipeName: 'alone',
};
const opened = await openSound({ clock, log, env: process.env, ...unset });
if (!opened.ok) throw new Error(opened.problem.code);
const prepared = await opened.value.prepare({
  items: [{ path, durationMs: 60_000 }],
  volume: 100,
  skipMs: 0,
  onEvent: (event) => {
    if (event.kind === 'audible') process.stdout.write('sounding\n');
  },
});
if (!prepared.ok) throw new Error(prepared.problem.detail);
prepared.value.start(clock.positionMs() + 1_000);
