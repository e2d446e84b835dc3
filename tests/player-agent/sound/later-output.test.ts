import { expect, test } from 'vitest';
import type { Player } from '#player-agent/ports/player.ts';
import { openLaterOutput } from '#player-agent/sound/later-output.ts';
import type { ChosenOutput } from '#player-agent/sound/output-device.ts';
import { ok } from '#schemas/result.ts';

const nothing: ChosenOutput = { driver: 'null', ao: 'null', device: null };
const card: ChosenOutput = { driver: 'system', ao: 'alsa', device: null };
const server: ChosenOutput = { driver: 'system', ao: 'pulse,alsa', device: null };
const set: ChosenOutput = { driver: 'system', ao: 'alsa', device: 'alsa/hw:1' };

/** Plays nothing, and says by which output it would; what was asked and closed is told. */
const village = async (first: ChosenOutput, closing = Promise.resolve()) => {
  let found = first;
  const told: string[] = [];
  let looks = 0;
  const choose = async () => {
    looks += 1;
    return found;
  };
  const open = async ({ ao, driver, device }: ChosenOutput) => {
    const player: Player = {
      prepare: async () => {
        told.push(`${ao}`);
        return { ok: false, problem: { code: 'audioToolFailed', detail: 'none' } };
      },
      output: () => ({ driver, device, isFallback: false, version: `${ao}` }),
      close: () => {
        told.push(`${ao} closed`);
        return closing;
      },
    };
    return ok(player);
  };
  const player = await openLaterOutput({ choose, open });
  if (!player.ok) throw new Error('no player');
  const list = { items: [], volume: 100, skipMs: 0, onEvent: () => undefined };
  return {
    told,
    looks: () => looks,
    output: () => player.value.output().version,
    playWith: (next: ChosenOutput, isUrgent = false) => {
      found = next;
      return player.value.prepare({ ...list, isUrgent });
    },
  };
};

test.each([
  { why: 'a sound server after a card', from: card, to: server },
  { why: 'a sound server after nothing', from: nothing, to: server },
  { why: 'a card after nothing', from: nothing, to: card },
])('an output that comes later is used from the next list on: $why', async ({ from, to }) => {
  const { told, playWith, output } = await village(from);
  await playWith(from);
  await playWith(to);
  await playWith(from);
  expect(told).toEqual([`${from.ao}`, `${from.ao} closed`, `${to.ao}`, `${to.ao}`]);
  expect(output()).toBe(to.ao);
});

test('a list sounds although the player of the output that is left does not end', async () => {
  const never = new Promise<void>(() => undefined);
  const { told, playWith } = await village(card, never);
  await playWith(server);
  expect(told).toEqual(['alsa closed', 'pulse,alsa']);
});

test.each([
  { why: 'the sound server has gone, and its own list of outputs holds', from: server, to: card },
  { why: 'it was set by hand', from: set, to: server },
])('an output stays when $why', async ({ from, to }) => {
  const { told, playWith } = await village(from);
  await playWith(to);
  expect(told).toEqual([`${from.ao}`]);
});

test.each([
  { why: 'no better one is known', used: server },
  { why: 'it was set by hand', used: set },
])('no list waits until an output is looked for where $why', async ({ used }) => {
  const { looks, playWith } = await village(used);
  await playWith(used);
  expect(looks()).toBe(1);
});

test('an emergency waits for no sound server while a card is there', async () => {
  const { told, playWith } = await village(card);
  await playWith(server, true);
  expect(told).toEqual(['alsa']);
});
