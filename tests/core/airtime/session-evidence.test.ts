import { expect, test } from 'vitest';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, inputOf, MINUTE, speaker, verdictOn } from './support/court.ts';
import { bulletin, otherCampaign, speakerA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const startMs = at(0, '05:30');
const session = plannedSessionId(startMs);
const halfHour = { session, fromMs: startMs, toMs: startMs + 30 * MINUTE };
const on = () => createLogWriter(speakerA).boot(at(-1, '20:00'), 'first');
const closed = (writer: ReturnType<typeof on>) => writer.beat(at(1, '00:00')).records;
const judgedMonday = (log: readonly LogRecord[]) => verdictOn(inputOf(log));

test('evidence tells of each broadcast when it began to sound, for how long, and whether it counts', () => {
  const halves = [
    { fromMs: startMs + 5 * MINUTE, toMs: startMs + 10 * MINUTE },
    { fromMs: startMs + 10 * MINUTE + 1, toMs: startMs + 30 * MINUTE },
  ];
  const log = closed(
    on()
      .item({ ...halfHour, audible: halves })
      .item({
        ...halfHour,
        fromMs: halfHour.toMs,
        toMs: halfHour.toMs + MINUTE,
        campaigns: [otherCampaign],
        reason: 'stopped',
      })
      .refuse(halfHour.toMs + MINUTE, session),
  );
  expect(judgedMonday(log).sessions).toEqual([
    {
      session,
      plannedMs: startMs,
      startedMs: startMs + 5 * MINUTE,
      timing: 'late',
      airtimeMs: 25 * MINUTE - 1,
      qualifies: false,
      counted: false,
      reason: 'tooShort',
      cause: null,
      refusals: [5],
      broadcasts: [
        {
          seq: 3,
          bulletin,
          clip: null,
          startedMs: startMs + 5 * MINUTE,
          audibleMs: 25 * MINUTE - 1,
          counts: true,
          inRun: true,
          reason: null,
        },
        {
          seq: 4,
          bulletin,
          clip: null,
          startedMs: halfHour.toMs,
          audibleMs: MINUTE,
          counts: false,
          inRun: false,
          reason: 'stopped',
        },
      ],
    },
  ]);
});

test('evidence gives what was silent the instant at which it played, and what has no date none', () => {
  const silent = judgedMonday(closed(on().item({ ...halfHour, volume: 0 }))).sessions[0];
  expect(silent).toMatchObject({ startedMs: null, timing: null, airtimeMs: 0 });
  expect(silent?.broadcasts).toMatchObject([{ startedMs: startMs, audibleMs: 0, inRun: false }]);
  const undated = createLogWriter(speakerA).bootOnly(at(0, '05:00')).item(halfHour).records;
  expect(judgedMonday(undated).sessions).toMatchObject([
    { startedMs: null, timing: null, broadcasts: [{ startedMs: null, counts: false }] },
  ]);
});

test('evidence shows which broadcasts make the occurrence when the session was interrupted', () => {
  const log = closed(
    on()
      .item({ ...halfHour, toMs: startMs + 10 * MINUTE })
      .item({ ...halfHour, fromMs: startMs + 12 * MINUTE, toMs: startMs + 30 * MINUTE })
      .item({ ...halfHour, fromMs: startMs + 32 * MINUTE, toMs: startMs + 33 * MINUTE }),
  );
  const [found] = judgedMonday(log).sessions;
  expect(found?.airtimeMs).toBe(18 * MINUTE);
  expect(found?.broadcasts.map(({ inRun }) => inRun)).toEqual([false, true, false]);
});

test('evidence does not take the same positions of another boot for the occurrence', () => {
  const writer = createLogWriter(speakerA)
    .boot(startMs - MINUTE, 'first')
    .item({ ...halfHour, toMs: startMs + 5 * MINUTE })
    .boot(startMs + 9 * MINUTE)
    .item({ ...halfHour, fromMs: startMs + 10 * MINUTE, toMs: startMs + 20 * MINUTE });
  const [found] = judgedMonday(closed(writer)).sessions;
  expect(found?.airtimeMs).toBe(10 * MINUTE);
  expect(found?.broadcasts.map(({ inRun }) => inRun)).toEqual([false, true]);
});

test('evidence takes the first instant at which anything of a session was heard as its start', () => {
  const log = closed(
    on()
      .item({ ...halfHour, fromMs: startMs + 10 * MINUTE })
      .item({ ...halfHour, fromMs: startMs, toMs: startMs + 10 * MINUTE, volume: 0 })
      .item({ ...halfHour, fromMs: startMs + 4 * MINUTE, campaigns: [otherCampaign] })
      .item({ ...halfHour, fromMs: startMs + 2 * MINUTE, drill: true })
      .item({ ...halfHour, fromMs: startMs + 3 * MINUTE, priority: 'emergency' }),
  );
  expect(judgedMonday(log).sessions).toMatchObject([{ startedMs: startMs + 4 * MINUTE }]);
});

test('evidence lists the sessions by their planned start, those that left no record among them', () => {
  const [early, noon, late] = ['04:00', '12:00', '20:00'].map((clock) => at(0, clock));
  if (early === undefined || noon === undefined || late === undefined) throw new Error('three');
  const log = closed(
    on()
      .item({ session: plannedSessionId(late), fromMs: late, toMs: late + MINUTE })
      .item({ session: plannedSessionId(early), fromMs: early, toMs: early + MINUTE }),
  );
  const planned = [noon, early, noon].map(plannedSessionId);
  const speakers = [{ ...speaker(log), planned }];
  expect(verdictOn(inputOf(log, { speakers })).sessions.map(({ plannedMs }) => plannedMs)).toEqual([
    early,
    noon,
    late,
  ]);
});
