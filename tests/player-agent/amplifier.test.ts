import { expect, test } from 'vitest';
import { type CommandEnd, commandsWith } from '#player-agent/amplifier/run-command.ts';
import { systemClock } from '#runtime/clock.ts';
import { createAgentRig } from './support/agent-rig.ts';
import { clipOf, playlistOf, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const at = (time: string) => Date.parse(`${DAY}T${time}+07:00`);
const START = '05:30:00';
const WARM_UP_MS = 20_000;

/** A session of a minute in a village whose amplifier is switched by commands that are noted. */
const village = (end: CommandEnd) => {
  const rig = createAgentRig({ at: '2026-11-23T05:20:00+07:00' });
  const clip = clipOf('bulletin', 60_000);
  rig.addClips(clip);
  rig.station.limit();
  const playlist = playlistOf(DAY, [sessionOf(at(START), [clip])]);
  rig.station.point({ days: { [DAY]: rig.station.plan(playlist) } });
  const run: { words: readonly string[]; atMs: number }[] = [];
  const amplifier = {
    before: ['relay', 'on'],
    after: ['relay', 'off'],
    warmUpMs: WARM_UP_MS,
    run: (words: readonly string[]) => {
      run.push({ words, atMs: rig.clock.wallMs() });
      return Promise.resolve(end);
    },
  };
  return { rig, run, amplifier };
};

const done = { outcome: 'done', exitCode: 0, tookMs: 12, output: 'ok' } as const;

test('the amplifier is on and warm when a session begins, and off after it; the log says both', async () => {
  const { rig, run, amplifier } = village(done);
  const { player } = await rig.boot({ amplifier });
  await rig.clock.advanceToWall(at('05:35:00'));
  expect(player.sounded).toHaveLength(1);
  expect(run.map(({ words }) => words)).toEqual([
    ['relay', 'on'],
    ['relay', 'off'],
  ]);
  const onMs = run[0]?.atMs ?? 0;
  expect(at(START) - onMs).toBeGreaterThanOrEqual(WARM_UP_MS);
  expect(at(START) - onMs).toBeLessThan(WARM_UP_MS + 15_000);
  expect(run[1]?.atMs).toBeGreaterThanOrEqual(at('05:31:00'));
  expect(rig.recordsOf('amplifier')).toMatchObject([
    { command: 'before', ...done },
    { command: 'after', ...done },
  ]);
});

test('the test tone waits for an amplifier that warms up for minutes, and the program does not count as hung', async () => {
  const { rig, amplifier } = village(done);
  const { agent, player } = await rig.boot({ amplifier: { ...amplifier, warmUpMs: 120_000 } });
  await rig.clock.advance(60_000);
  expect(await agent.playTone()).toBe('toneSounds');
  await rig.clock.advance(124_000);
  expect(player.sounded).toEqual([]);
  expect(await agent.lives()).toBe(true);
  await rig.clock.advance(10_000);
  expect(player.sounded).toHaveLength(1);
});

test('a command that fails keeps no session from its second', async () => {
  const failed = { outcome: 'failed', exitCode: 3, tookMs: 5, output: 'no relay' } as const;
  const failing = village(failed);
  const first = await failing.rig.boot({ amplifier: failing.amplifier });
  await failing.rig.clock.advanceToWall(at('05:35:00'));
  expect(failing.rig.recordsOf('amplifier')).toMatchObject([
    { command: 'before', ...failed },
    { command: 'after', ...failed },
  ]);
  const originMs = first.clock.positionMs() - at('05:35:00');
  expect((first.player.sounded[0]?.fromMs ?? 0) - originMs).toBe(at(START));
});

test('after a power cut in a session that is over by then, the amplifier is switched off', async () => {
  const { rig, run, amplifier } = village(done);
  const first = await rig.boot({ amplifier });
  await rig.clock.advanceToWall(at('05:30:20'));
  first.powerCut();
  await rig.clock.advanceToWall(at('05:40:00'));
  await rig.boot({ amplifier });
  await rig.clock.advanceToWall(at('05:42:00'));
  expect(run.map(({ words }) => words[1])).toEqual(['on', 'off']);
  expect(run[1]?.atMs).toBeGreaterThanOrEqual(at('05:40:00'));
});

test('a session that the agent will not let sound switches nothing', async () => {
  const { rig, run, amplifier } = village(done);
  rig.station.limit({ revision: 2, quietHours: [{ from: '05:00', to: '06:00' }] });
  await rig.boot({ amplifier });
  await rig.clock.advanceToWall(at('05:35:00'));
  expect(rig.recordsOf('ended')).toEqual([]);
  expect(run).toEqual([]);
});

test('a command is no shell line, is killed at its bound with what it started, and its output is cut', async () => {
  const run = commandsWith(systemClock(), process.env, 300);
  expect(await run(['echo', '$HOME', ';', 'false'])).toMatchObject({
    outcome: 'done',
    exitCode: 0,
    output: '$HOME ; false\n',
  });
  expect(await run(['sh', '-c', 'sleep 60 & sleep 60'])).toMatchObject({
    outcome: 'timedOut',
    exitCode: null,
  });
  const loud = await run(['sh', '-c', 'yes | head -c 100000; exit 7']);
  expect(loud).toMatchObject({ outcome: 'failed', exitCode: 7 });
  expect(loud.output.length).toBeLessThanOrEqual(500);
  expect(await run(['no-such-program'])).toMatchObject({ outcome: 'failed', exitCode: null });
});

test('a command that never ends keeps no session from its second, and its record says that it was ended', async () => {
  const { rig, amplifier } = village(done);
  const run = commandsWith(systemClock(), process.env, 300);
  const endless = { ...amplifier, before: ['sleep', '600'], after: ['sleep', '600'], run };
  const { player, clock } = await rig.boot({ amplifier: endless });
  await rig.clock.advanceToWall(at('05:35:00'));
  const timedOut = { outcome: 'timedOut', exitCode: null };
  expect(rig.recordsOf('amplifier')).toMatchObject([
    { command: 'before', ...timedOut },
    { command: 'after', ...timedOut },
  ]);
  const originMs = clock.positionMs() - at('05:35:00');
  expect((player.sounded[0]?.fromMs ?? 0) - originMs).toBe(at(START));
  expect(rig.recordsOf('ended')).toMatchObject([{ outcome: 'whole' }]);
});
