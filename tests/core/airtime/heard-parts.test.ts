import { expect, test } from 'vitest';
import { readLog } from '#core/airtime/as-run-log.ts';
import { heardParts } from '#core/airtime/heard-parts.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, MINUTE } from './support/court.ts';
import { speakerA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const startMs = at(0, '05:00');
const session = plannedSessionId(startMs);
type Writer = ReturnType<typeof createLogWriter>;
const on = () => createLogWriter(speakerA).boot(startMs - 60 * MINUTE, 'first');
const minute = (from: number) => startMs + from * MINUTE;
const play = (writer: Writer, from: number, to: number) =>
  writer.item({ session, fromMs: minute(from), toMs: minute(to) });

/** What was heard, in minutes after 05:00. */
const heard = ({ records }: Writer) => {
  const { sessions } = readLog(speakerA, records, at(8, '00:00'));
  return heardParts(sessions.flatMap(({ sounds }) => sounds)).map(({ fromMs, toMs }) => [
    (fromMs - startMs) / MINUTE,
    (toMs - startMs) / MINUTE,
  ]);
};

test('no position of a boot is heard twice, in whatever order it was written', () => {
  expect(heard(play(play(on(), 0, 10), 5, 15))).toEqual([
    [0, 10],
    [10, 15],
  ]);
  expect(heard(play(play(on(), 5, 15), 0, 10))).toEqual([
    [0, 10],
    [10, 15],
  ]);
  expect(heard(play(play(play(on(), 30, 35), 5, 10), 0, 20))).toEqual([
    [0, 20],
    [30, 35],
  ]);
});

test('what lies inside of something, or ends where it ends, is not heard again', () => {
  expect(heard(play(play(on(), 0, 20), 5, 15))).toEqual([[0, 20]]);
  expect(heard(play(play(on(), 0, 20), 5, 20))).toEqual([[0, 20]]);
});

test('what sounded in another boot is heard whole, at whatever position', () => {
  const writer = play(on(), 0, 10).boot(minute(60));
  expect(heard(play(play(writer, 70, 80), 90, 100))).toEqual([
    [0, 10],
    [70, 80],
    [90, 100],
  ]);
});

test('nothing is heard of silence', () => {
  expect(heard(on().item({ session, fromMs: minute(0), toMs: minute(5), volume: 0 }))).toEqual([]);
});
