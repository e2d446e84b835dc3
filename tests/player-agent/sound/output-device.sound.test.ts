import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Player } from '#player-agent/ports/player.ts';
import { openSound } from '#player-agent/sound/open-sound.ts';
import { chooseOutput, type OutputOptions } from '#player-agent/sound/output-device.ts';
import { type Clock, systemClock, wait } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import { heardClips } from '#tests/support/heard.ts';
import { type PulseServer, startPulse } from '#tests/support/pulse.ts';
import { recordSink } from '#tests/support/sink-recording.ts';
import {
  endings,
  makeSpeechClips,
  openTestPlayer,
  prepareList,
  type SpeechClips,
} from '#tests/support/sound-rig.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const unset = { clock: systemClock(), ao: null, device: null } as const;
const choose = (options: Partial<OutputOptions>) => chooseOutput({ ...unset, env: {}, ...options });

test('a sound server that listens is used', async () => {
  const pulse = await startPulse();
  onTestFinished(pulse.stop);
  const found = { driver: 'system', ao: 'pulse,alsa', device: null };
  expect(await choose({ env: { PULSE_SERVER: pulse.env.PULSE_SERVER } })).toEqual(found);
  const { PULSE_RUNTIME_PATH } = pulse.env;
  expect(await choose({ env: { PULSE_RUNTIME_PATH } })).toEqual(found);
});

test('a sound server that is named but does not listen is none', async () => {
  const folder = await temporaryFolder();
  const cards = await readFile('/proc/asound/cards', 'utf8').catch(() => '');
  const driver = /^\s*\d+ \[/m.test(cards) ? 'system' : 'null';
  expect(await choose({ env: { PULSE_SERVER: `unix:${folder}/native` } })).toMatchObject({
    driver,
  });
});

test('a sound server that starts after the agent is found before the next list', async () => {
  const folder = await temporaryFolder();
  const env: NodeJS.ProcessEnv = { ...process.env, PULSE_SERVER: `unix:${folder}/native` };
  const clock = systemClock();
  const clips = await makeSpeechClips(folder, [1]);
  const player = await openTestPlayer(clock, { env });
  const pulse = await startPulse();
  onTestFinished(pulse.stop);
  Object.assign(env, pulse.env);
  const list = await prepareList(clock, player, clips);
  expect(player.output()).toMatchObject({ driver: 'system' });
  list.start();
  await list.finished;
  expect(endings(list.events)).toMatchObject([{ outcome: 'whole' }]);
});

test('what the administrator has set is taken as it is', async () => {
  expect(await choose({ ao: 'alsa', device: 'alsa/plughw:1' })).toEqual({
    driver: 'system',
    ao: 'alsa',
    device: 'alsa/plughw:1',
  });
  expect(await choose({ ao: 'null' })).toEqual({ driver: 'null', ao: 'null', device: null });
});

/** Starts the clips, and says whether they sound elsewhere than they should. */
const startedOn = (clock: Clock, player: Player, clips: SpeechClips) => async () => {
  const list = await prepareList(clock, player, clips);
  const { isFallback } = player.output();
  list.start();
  return { isFallback, list };
};

type Started = Awaited<ReturnType<ReturnType<typeof startedOn>>>;

/** The second list sounded elsewhere, the third where it should, and both whole. */
const expectFallback = (cut: Started, elsewhere: Started, back: Started): void => {
  expect([cut, elsewhere, back].map(({ isFallback }) => isFallback)).toEqual([false, true, false]);
  expect(endings(elsewhere.list.events)).toMatchObject([{ outcome: 'whole' }]);
  expect(endings(back.list.events)).toMatchObject([{ outcome: 'whole' }]);
};

test('a device that disappears is noticed, sound goes on elsewhere, and back when it is there again', async () => {
  const folder = await temporaryFolder();
  const pulse = await startPulse();
  onTestFinished(pulse.stop);
  const clock = systemClock();
  const clips = await makeSpeechClips(folder, [2]);
  const card = await pulse.plugIn('card');
  const env = { ...process.env, ...pulse.env };
  const player = await openTestPlayer(clock, { env, device: 'pulse/card' });
  const playOne = startedOn(clock, player, clips);
  const cut = await playOne();
  await wait(clock, 1_800);
  await card.unplug();
  await cut.list.finished;
  const elsewhere = await playOne();
  await elsewhere.list.finished;
  await pulse.plugIn('card');
  const back = await playOne();
  await back.list.finished;
  expectFallback(cut, elsewhere, back);
});

/** ALSA's default device leads into the sound server: a card that nobody has here. */
const alsaInto = async (folder: string, { env, sink }: PulseServer): Promise<string> => {
  const path = join(folder, 'asound.conf');
  const words = `type pulse server "${env.PULSE_SERVER}" device "${sink}"`;
  await writeFile(path, `pcm.!default { ${words} }\n`);
  return path;
};

test('a sound server that dies is noticed, sound goes on over the card, and back when it is there again', async () => {
  const folder = await temporaryFolder();
  const card = await startPulse();
  onTestFinished(card.stop);
  const place = join(folder, 'pulse');
  const pulse = await startPulse(place);
  const clock = systemClock();
  const clips = await makeSpeechClips(folder, [4]);
  const ALSA_CONFIG_PATH = await alsaInto(folder, card);
  const env = { ...process.env, ...pulse.env, ALSA_CONFIG_PATH };
  const player = await openTestPlayer(clock, { env });
  const atCard = await recordSink(card, join(folder, 'card.raw'));
  const playOne = startedOn(clock, player, clips);
  const cut = await playOne();
  await wait(clock, 2_500);
  await pulse.stop();
  await cut.list.finished;
  expect(player.output().isFallback).toBe(true);
  const elsewhere = await playOne();
  await elsewhere.list.finished;
  const heard = await heardClips(await atCard.stop(), clips.paths);
  const again = await startPulse(place);
  onTestFinished(again.stop);
  const back = await playOne();
  await back.list.finished;
  expectFallback(cut, elsewhere, back);
  expect(heard.map(({ clip }) => clip)).toContain('clip0');
});

test('a machine without mpv is told which program is missing', async () => {
  const log = createLogger('test', 'silent');
  const mpvPath = '/nowhere/mpv';
  const options = {
    ...unset,
    ao: 'null',
    env: {},
    log,
    capture: null,
    latencyMs: 0,
    mpvPath,
    pipeName: 'none',
  };
  expect(await openSound(options)).toEqual({
    ok: false,
    problem: { code: 'audioToolMissing', tool: 'mpv' },
  });
});
