import { expect, test } from 'vitest';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, inputOf, MINUTE, rule, speaker, verdictOn } from './support/court.ts';
import { otherCampaign, speakerA } from './support/ids.ts';
import { createLogWriter, type ToldItem } from './support/log-writer.ts';

const startMs = at(0, '05:30');
const session = plannedSessionId(startMs);
const halfHour = { session, fromMs: startMs, toMs: startMs + 30 * MINUTE };
const on = () => createLogWriter(speakerA).boot(at(-1, '20:00'), 'first');
type Writer = ReturnType<typeof on>;

/** Monday's verdict for the session of 05:30, which was planned. */
const judgedMonday = (
  log: readonly LogRecord[],
  change: Partial<AirtimeRule> = {},
  nowMs?: number,
) =>
  verdictOn(
    inputOf(log, {
      rules: [rule(change)],
      speakers: [{ ...speaker(log), planned: [session] }],
      ...(nowMs === undefined ? {} : { nowMs }),
    }),
  );
const closed = (writer: Writer) => writer.beat(at(1, '00:00')).records;
const item = (change: Partial<ToldItem>) => closed(on().item({ ...halfHour, ...change }));

test.each<{
  why: string;
  log: readonly LogRecord[];
  change?: Partial<AirtimeRule>;
  nowMs?: number;
  reason: string;
  cause?: string | null;
}>([
  {
    why: 'nothing was recorded and the log accounts for the day',
    log: closed(on()),
    reason: 'notBegun',
  },
  {
    why: 'nothing was recorded and the log may still bring it',
    log: on().beat(at(0, '23:00')).records,
    reason: 'awaitingData',
  },
  {
    why: 'the speaker had no power at its start',
    log: closed(on().beat(at(0, '05:00')).boot(at(0, '07:00'), 'powerLoss')),
    reason: 'speakerOff',
    cause: 'powerLoss',
  },
  {
    why: 'the program had been stopped in good order before its start',
    log: closed(on().beat(at(0, '05:00')).boot(at(0, '07:00'), 'cleanStop')),
    reason: 'speakerOff',
    cause: 'agentStopped',
  },
  {
    why: 'the speaker ran for the first time after its start',
    log: closed(createLogWriter(speakerA).boot(at(0, '07:00'), 'first')),
    reason: 'speakerOff',
  },
  {
    why: 'it was switched on at the very instant',
    log: closed(on().beat(at(0, '05:00')).boot(startMs, 'powerLoss')),
    reason: 'notBegun',
  },
  {
    why: 'it was switched on a millisecond later',
    log: closed(
      on()
        .beat(at(0, '05:00'))
        .boot(startMs + 1, 'powerLoss'),
    ),
    reason: 'speakerOff',
    cause: 'powerLoss',
  },
  {
    why: 'records are missing before the boot after it, so that nothing proves it was off',
    log: closed(on().beat(at(0, '05:00')).skip().boot(at(0, '07:00'), 'powerLoss')),
    reason: 'awaitingData',
  },
  {
    why: 'the boot after it was first dated too late, so that nothing proves when it began',
    log: closed(
      on().beat(at(0, '05:00')).boot(at(0, '07:00')).anchor(at(0, '06:00'), at(0, '07:10')),
    ),
    reason: 'notBegun',
  },
  {
    why: 'the log begins with a later number, so that nothing proves it was off',
    log: closed(on())
      .slice(2, 3)
      .concat(closed(on().boot(at(0, '07:00'))).slice(2)),
    reason: 'awaitingData',
  },
  {
    why: 'the speaker refused it, and said why',
    log: closed(on().refuse(startMs, session)),
    reason: 'refused',
    cause: 'clockUntrusted',
  },
  {
    why: 'the speaker refused it after the instant of judging, which proves nothing',
    log: closed(on().refuse(startMs, session)),
    nowMs: startMs - 1,
    reason: 'awaitingData',
  },
  {
    why: 'the speaker refused it and lost its power: what it said itself is shown',
    log: closed(on().refuse(at(0, '05:00'), session).boot(at(0, '07:00'))),
    reason: 'refused',
    cause: 'clockUntrusted',
  },
  { why: 'it was a drill', log: item({ drill: true }), reason: 'drill' },
  { why: 'it was an emergency', log: item({ priority: 'emergency' }), reason: 'emergency' },
  {
    why: 'it was the drill of an emergency',
    log: item({ priority: 'emergency', drill: true }),
    reason: 'drill',
  },
  {
    why: 'an emergency sounded in it, and a drill',
    log: closed(
      on()
        .item({ ...halfHour, priority: 'emergency' })
        .item({ ...halfHour, drill: true }),
    ),
    reason: 'otherContent',
  },
  {
    why: 'nothing in it was of the campaign',
    log: item({ campaigns: [otherCampaign] }),
    reason: 'otherContent',
  },
  {
    why: 'the whole session counts, but its bulletin of the campaign was mute',
    log: closed(
      on()
        .item({ ...halfHour, campaigns: [otherCampaign] })
        .item({ ...halfHour, fromMs: halfHour.toMs, toMs: at(0, '06:10'), volume: 0 }),
    ),
    change: { counts: 'session' },
    reason: 'notAudible',
  },
  {
    why: 'a drill and another topic sounded in it',
    log: closed(
      on()
        .item({ ...halfHour, drill: true })
        .item({ ...halfHour, campaigns: [otherCampaign] }),
    ),
    reason: 'otherContent',
  },
  {
    why: 'it sounded in a boot without a trusted clock',
    log: createLogWriter(speakerA).bootOnly(at(0, '05:00'), 'first').item(halfHour).records,
    reason: 'undated',
  },
  {
    why: 'an emergency sounded in it, and what was its own has no trusted date',
    log: on()
      .item({ ...halfHour, priority: 'emergency' })
      .bootOnly(at(0, '07:00'))
      .item({ ...halfHour, fromMs: at(0, '07:05'), toMs: at(0, '07:35') }).records,
    reason: 'undated',
  },
  {
    why: 'another topic sounded in it, and something without a trusted date',
    log: on()
      .item({ ...halfHour, campaigns: [otherCampaign] })
      .bootOnly(at(0, '07:00'))
      .item({ ...halfHour, fromMs: at(0, '07:05'), toMs: at(0, '07:35') }).records,
    reason: 'otherContent',
  },
  {
    why: 'it is dated after the instant of judging',
    log: item({}),
    nowMs: at(0, '06:00') - 1,
    reason: 'afterInstant',
  },
  {
    why: 'an emergency in it is over, its own item is dated after the instant of judging',
    log: closed(
      on()
        .item({ ...halfHour, toMs: startMs + MINUTE, priority: 'emergency' })
        .item({ ...halfHour, fromMs: startMs + MINUTE }),
    ),
    nowMs: at(0, '06:00') - 1,
    reason: 'afterInstant',
  },
  {
    why: 'nothing of it could be heard',
    log: item({ volume: 0, reason: 'volumeZero' }),
    reason: 'notAudible',
    cause: 'volumeZero',
  },
  {
    why: 'it was stopped early, after a power cut: the last cause is shown',
    log: closed(
      on()
        .item({ ...halfHour, toMs: startMs + MINUTE, reason: 'powerLoss' })
        .item({
          ...halfHour,
          fromMs: startMs + MINUTE,
          toMs: startMs + 2 * MINUTE,
          reason: 'stopped',
        })
        .item({ ...halfHour, fromMs: startMs + 2 * MINUTE, toMs: startMs + 3 * MINUTE }),
    ),
    reason: 'tooShort',
    cause: 'stopped',
  },
  {
    why: 'what cut another topic short is no cause',
    log: closed(
      on()
        .item({ ...halfHour, toMs: startMs + MINUTE })
        .item({
          ...halfHour,
          fromMs: startMs + MINUTE,
          campaigns: [otherCampaign],
          reason: 'stopped',
        }),
    ),
    reason: 'tooShort',
  },
  {
    why: 'it lies outside the dayparts, whether or not it is long enough',
    log: item({ toMs: startMs + MINUTE }),
    change: { dayparts: [{ from: '17:00', to: '18:00' }] },
    reason: 'outsideDayparts',
  },
  {
    why: 'its day owes nothing, whatever it lacks besides',
    log: item({ toMs: startMs + MINUTE, reason: 'stopped' }),
    change: { weekdays: [2], per: 'week' },
    reason: 'notOwed',
  },
  {
    why: 'its day owes nothing, and it was long enough',
    log: item({}),
    change: { weekdays: [2], per: 'week' },
    reason: 'notOwed',
  },
])(
  'a session that is not counted says why: $why',
  ({ log, change, nowMs, reason, cause = null }) => {
    const verdict = judgedMonday(log, change, nowMs);
    expect(verdict.sessions).toMatchObject([
      { session, plannedMs: startMs, reason, cause, qualifies: false, counted: false },
    ]);
  },
);
