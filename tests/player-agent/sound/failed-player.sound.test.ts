import { expect, test } from 'vitest';
import { wait } from '#runtime/clock.ts';
import { soundSpans } from '#tests/support/heard.ts';
import { startProgram } from '#tests/support/program.ts';
import { foundTone } from '../support/killed-playback.ts';

const TIMEOUT_MS = 180_000;
const SOUNDS_MS = 3_000;
/** The tone has no pauses; a hole of the player is longer than what a crowded machine drops of it. */
const MAX_PAUSE_MS = 100;
/** Two seconds are the aim; what a crowded machine adds to the start of a mpv is not the agent's. */
const BACK_WITHIN_MS = 2_000 + 2_000;

test(
  'a mpv that is killed, and one that hangs, is replaced: sound is back in seconds, and the holes are in the log',
  async () => {
    const village = await foundTone(1);
    const { clock, station, broker } = village;
    const agent = startProgram(['agent'], village.environment);
    const faultsMs: number[] = [];
    let reached = 0;
    for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
      const mpv = await agent.next('mpvStarted');
      await agent.next('itemSounds');
      await wait(clock, SOUNDS_MS);
      faultsMs.push(clock.wallMs());
      process.kill(Number(mpv.pid), signal);
      reached += 1;
      await broker.until(() => failures().length === reached);
    }
    await agent.next('itemSounds');
    await wait(clock, SOUNDS_MS);
    await agent.end('SIGTERM');
    const recorded = await village.recording.stop();
    const spans = (await soundSpans(recorded, MAX_PAUSE_MS)).map(({ fromMs, toMs }) => ({
      fromMs: recorded.wallMsAt(fromMs),
      toMs: recorded.wallMsAt(toMs),
    }));
    const backAfterMs = faultsMs.map(
      (faultMs) => (spans.find(({ fromMs }) => fromMs > faultMs)?.fromMs ?? Infinity) - faultMs,
    );
    for (const backMs of backAfterMs) expect(backMs).toBeLessThan(BACK_WITHIN_MS);
    expect(failures()).toHaveLength(2);

    function failures() {
      return station.records.filter(
        (record) => record.kind === 'ended' && record.reason === 'playerFailed',
      );
    }
  },
  TIMEOUT_MS,
);
