import { createInterface } from 'node:readline';
import { duplexPair } from 'node:stream';
import { expect, test } from 'vitest';
import { createMpvIpc, type MpvEvent } from '#player-agent/sound/mpv-ipc.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';

const TOO_MANY = 33;

/** A connection whose other end is played by the test. */
const connected = () => {
  const [near, far] = duplexPair();
  const clock = createFakeClock(0);
  const events: MpvEvent[] = [];
  let closings = 0;
  const onClose = () => {
    closings += 1;
  };
  const ipc = createMpvIpc(near, { clock, onEvent: (event) => events.push(event), onClose });
  return { ipc, far, clock, events, closings: () => closings };
};

const refusal = (detail: string) => ({
  ok: false,
  problem: { code: 'audioToolFailed', detail },
});

test('answers find their commands, in pieces and between events', async () => {
  const { ipc, far, events } = connected();
  const first = ipc.command('get_property', 'volume');
  const second = ipc.command('stop');
  far.write('{"event":"idle"}\n{"request_id":2,"error":"success"}\n{"request_id":1,"err');
  far.write('or":"success","data":80}\nno json\n');
  expect(await second).toEqual({ ok: true, value: undefined });
  expect(await first).toEqual({ ok: true, value: 80 });
  expect(events).toEqual([{ event: 'idle', reason: null, error: null, entryId: null }]);
});

test('a command is sent in a row of words, or with its arguments by name', async () => {
  const { ipc, far } = connected();
  void ipc.command('set_property', 'pause', true);
  const lines = createInterface({ input: far })[Symbol.asyncIterator]();
  const sent = async () => JSON.parse((await lines.next()).value ?? '').command;
  expect(await sent()).toEqual(['set_property', 'pause', true]);
  void ipc.command({ name: 'loadfile', url: 'one.mp3' });
  expect(await sent()).toEqual({ name: 'loadfile', url: 'one.mp3' });
});

test('a refusal is told in the word of mpv', async () => {
  const { ipc, far } = connected();
  const answer = ipc.command('get_property', 'volume');
  far.write('{"request_id":1,"error":"property unavailable"}\n');
  expect(await answer).toEqual(refusal('property unavailable'));
});

test('an answer that does not come is given up after two seconds', async () => {
  const { ipc, clock } = connected();
  const answer = ipc.command('stop');
  await clock.advance(2_000);
  expect(await answer).toEqual(refusal('notAnswering'));
});

test('commands that nobody answers do not pile up', async () => {
  const { ipc } = connected();
  const answers = Array.from({ length: TOO_MANY }, () => ipc.command('stop'));
  expect(await answers.at(-1)).toEqual(refusal('busy'));
});

test('a line without an end closes the connection', async () => {
  const { ipc, far, closings } = connected();
  const answer = ipc.command('stop');
  far.write('x'.repeat(100_000));
  expect(await answer).toEqual(refusal('closed'));
  expect(closings()).toBe(1);
  expect(await ipc.command('stop')).toEqual(refusal('closed'));
});

test('when mpv has gone every command that waits is told so', async () => {
  const { ipc, far, closings } = connected();
  const answer = ipc.command('stop');
  far.end();
  expect(await answer).toEqual(refusal('closed'));
  expect(closings()).toBe(1);
});
