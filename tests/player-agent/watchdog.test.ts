import { expect, test } from 'vitest';
import type { Player } from '#player-agent/ports/player.ts';
import { startWatchdog } from '#player-agent/service/watchdog.ts';
import { ok } from '#schemas/result.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';
import { createAgentRig } from './support/agent-rig.ts';
import { clipOf, playlistOf, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const at = (time: string) => Date.parse(`${DAY}T${time}+07:00`);
const WITHIN_MS = 180_000;
const MINUTE_MS = 60_000;
const clip = clipOf('bulletin', 4 * MINUTE_MS);

/** A speaker with a session of four minutes at 08:05, and how often it gave a sign of life. */
const watched = async (change: { readonly player?: Player } = {}) => {
  const rig = createAgentRig({ at: `${DAY}T08:00:00+07:00` });
  rig.addClips(clip);
  rig.station.limit();
  const day = rig.station.plan(playlistOf(DAY, [sessionOf(at('08:05:00'), [clip])]));
  rig.station.point({ days: { [DAY]: day } });
  const boot = await rig.boot(change);
  let signs = 0;
  startWatchdog({
    clock: boot.clock,
    withinMs: WITHIN_MS,
    lives: boot.agent.lives,
    alive: () => {
      signs += 1;
    },
  });
  const signsIn = async (ms: number) => {
    const before = signs;
    await rig.clock.advance(ms);
    return signs - before;
  };
  return { rig, boot, signsIn };
};

test('a speaker gives signs of life while it waits, while it sounds and afterwards', async () => {
  const { boot, signsIn } = await watched();
  expect(await signsIn(5 * MINUTE_MS)).toBe(6);
  expect(await signsIn(4 * MINUTE_MS)).toBe(4);
  expect(boot.player.sounded).toHaveLength(1);
  expect(await signsIn(5 * MINUTE_MS)).toBe(5);
});

test('a speaker whose list was let go and is never heard gives no sign of life', async () => {
  const mute = {
    start: () => undefined,
    progress: () => null,
    setVolume: async () => undefined,
    stop: async () => undefined,
  };
  const player: Player = {
    prepare: async () => ok(mute),
    output: () => ({ driver: 'null', device: null, isFallback: false, version: 'mute 1' }),
    close: async () => undefined,
  };
  const { signsIn } = await watched({ player });
  expect(await signsIn(4 * MINUTE_MS)).toBe(5);
  await signsIn(4 * MINUTE_MS);
  expect(await signsIn(5 * MINUTE_MS)).toBe(0);
});

test('a loop that hangs gives no sign of life, and is not asked again', async () => {
  const clock = createFakeClock(at('08:00:00'));
  let asked = 0;
  const lives = () => {
    asked += 1;
    return new Promise<boolean>(() => undefined);
  };
  const alive = () => expect.unreachable('it hangs');
  const watchdog = startWatchdog({ clock, withinMs: WITHIN_MS, lives, alive });
  await clock.advance(10 * MINUTE_MS);
  expect(asked).toBe(1);
  watchdog.stop();
});
