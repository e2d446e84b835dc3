import { describe, expect, test } from 'vitest';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, inputOf, rule, SECOND, verdictOn } from './support/court.ts';
import { otherCampaign, speakerA } from './support/ids.ts';
import { createLogWriter, type ToldItem } from './support/log-writer.ts';

const startMs = at(0, '05:30');
const session = plannedSessionId(startMs);
const emergency = plannedSessionId(startMs + 7);

type Part = Partial<ToldItem> & { readonly from: number; readonly to: number };

/** Seconds after 05:30; the airtime in seconds of the occurrence that they make. */
const airtimeS = (parts: readonly Part[], change: Partial<AirtimeRule> = {}): number => {
  const writer = createLogWriter(speakerA).boot(at(-1, '20:00'), 'first');
  for (const { from, to, ...rest } of parts) {
    const audible = rest.audible?.map((part) => ({
      fromMs: startMs + part.fromMs * SECOND,
      toMs: startMs + part.toMs * SECOND,
    }));
    writer.item({
      session,
      fromMs: startMs + from * SECOND,
      toMs: startMs + to * SECOND,
      ...rest,
      ...(audible === undefined ? {} : { audible }),
    });
  }
  const input = inputOf(writer.beat(at(1, '00:00')).records, { rules: [rule(change)] });
  return (verdictOn(input).sessions[0]?.airtimeMs ?? -1) / SECOND;
};

const foreign = { campaigns: [otherCampaign] };
const urgent = { priority: 'emergency', session: emergency } as const;

describe('the longest run of a session', () => {
  test.each<{ why: string; parts: Part[]; change?: Partial<AirtimeRule>; seconds: number }>([
    { why: 'one item is its length', parts: [{ from: 0, to: 100 }], seconds: 100 },
    {
      why: 'a gap of exactly the bound joins and earns nothing',
      parts: [
        { from: 0, to: 100 },
        { from: 160, to: 200 },
      ],
      seconds: 140,
    },
    {
      why: 'one millisecond more splits',
      parts: [
        { from: 0, to: 100 },
        { from: 160.001, to: 200 },
      ],
      seconds: 100,
    },
    {
      why: 'one millisecond less joins',
      parts: [
        { from: 0, to: 100 },
        { from: 159.999, to: 200 },
      ],
      seconds: 140.001,
    },
    {
      why: 'overlap counts once',
      parts: [
        { from: 0, to: 100 },
        { from: 50, to: 150 },
        { from: 60, to: 70 },
      ],
      seconds: 150,
    },
    {
      why: 'the longer of two runs is the occurrence, also when it comes later',
      parts: [
        { from: 0, to: 100 },
        { from: 300, to: 450 },
      ],
      seconds: 150,
    },
    {
      why: 'other content shorter than the bound is a gap that joins and earns nothing',
      parts: [
        { from: 0, to: 100 },
        { from: 100, to: 150, ...foreign },
        { from: 150, to: 200 },
      ],
      seconds: 150,
    },
    {
      why: 'other content longer than the bound splits',
      parts: [
        { from: 0, to: 100 },
        { from: 100, to: 170, ...foreign },
        { from: 170, to: 200 },
      ],
      seconds: 100,
    },
    {
      why: 'with counts session everything counts once a bulletin was heard',
      parts: [
        { from: 0, to: 100 },
        { from: 100, to: 170, ...foreign },
        { from: 170, to: 200 },
      ],
      change: { counts: 'session' },
      seconds: 200,
    },
    {
      why: 'with counts session nothing counts when no bulletin was heard',
      parts: [
        { from: 0, to: 100, volume: 0 },
        { from: 100, to: 170, ...foreign },
      ],
      change: { counts: 'session' },
      seconds: 0,
    },
    {
      why: 'a counting item that was not audible is a gap',
      parts: [
        { from: 0, to: 50 },
        { from: 50, to: 120, volume: 0 },
        { from: 120, to: 150 },
      ],
      seconds: 50,
    },
    {
      why: 'the time of an emergency is no gap',
      parts: [
        { from: 0, to: 50 },
        { from: 50, to: 950, ...urgent },
        { from: 960, to: 1000 },
      ],
      seconds: 90,
    },
    {
      why: 'beside the emergency a gap of exactly the bound joins',
      parts: [
        { from: 0, to: 50 },
        { from: 60, to: 950, ...urgent },
        { from: 1000, to: 1040 },
      ],
      seconds: 90,
    },
    {
      why: 'the time of two emergencies in one gap is no gap',
      parts: [
        { from: 0, to: 50 },
        { from: 50, to: 150, ...urgent },
        { from: 200, to: 300, ...urgent },
        { from: 310, to: 350 },
      ],
      seconds: 90,
    },
    {
      why: 'what was written the other way round than it sounded is the same',
      parts: [
        { from: 50, to: 150 },
        { from: 0, to: 100 },
      ],
      seconds: 150,
    },
    {
      why: 'what was written in another order than it sounded is the same',
      parts: [
        { from: 50, to: 150 },
        { from: 300, to: 310 },
        { from: 0, to: 100 },
        { from: 200, to: 220 },
        { from: 200, to: 210 },
      ],
      seconds: 170,
    },
    {
      why: 'beside the emergency the gap is held to the bound',
      parts: [
        { from: 0, to: 50 },
        { from: 60, to: 950, ...urgent },
        { from: 1000.001, to: 1040 },
      ],
      seconds: 50,
    },
    {
      why: 'an emergency takes nothing away from what was audible',
      parts: [
        { from: 0, to: 100 },
        { from: 20, to: 40, ...urgent },
      ],
      seconds: 100,
    },
    {
      why: 'an emergency earns nothing, even of the campaign and with counts session',
      parts: [
        { from: 0, to: 50 },
        { from: 50, to: 60, priority: 'emergency' },
      ],
      change: { counts: 'session' },
      seconds: 50,
    },
    {
      why: 'the drill of an emergency is a gap like any other',
      parts: [
        { from: 0, to: 50 },
        { from: 50, to: 111, ...urgent, drill: true },
        { from: 111, to: 120 },
      ],
      seconds: 50,
    },
    {
      why: 'only the audible parts of an item count',
      parts: [
        {
          from: 0,
          to: 100,
          audible: [
            { fromMs: 10, toMs: 30 },
            { fromMs: 40, toMs: 100 },
          ],
        },
      ],
      seconds: 80,
    },
    {
      why: 'what is claimed outside the time of playing is not believed',
      parts: [{ from: 0, to: 100, audible: [{ fromMs: 0, toMs: 5000 }] }],
      seconds: 100,
    },
    {
      why: 'audible intervals may overlap or be empty without earning twice',
      parts: [
        {
          from: 0,
          to: 100,
          audible: [
            { fromMs: 0, toMs: 60 },
            { fromMs: 50, toMs: 80 },
            { fromMs: 90, toMs: 90 },
          ],
        },
      ],
      seconds: 80,
    },
    { why: 'failed playback is silence', parts: [{ from: 0, to: 9, outcome: 'none' }], seconds: 0 },
    {
      why: 'an output measured silent is silence',
      parts: [{ from: 0, to: 9, measurement: { method: 'capture', rmsDbfs: -90, silentMs: 9000 } }],
      seconds: 0,
    },
    {
      why: 'an output measured silent for a part is not',
      parts: [{ from: 0, to: 9, measurement: { method: 'capture', rmsDbfs: -40, silentMs: 8999 } }],
      seconds: 9,
    },
  ])('$why', ({ parts, change = {}, seconds }) => {
    expect(airtimeS(parts, change)).toBe(seconds);
  });
});

test('an emergency of an earlier boot at the same positions excuses no gap of a later one', () => {
  const bootMs = at(0, '05:00');
  const shifted = (ms: number): number => at(-1, '20:00') + ms - bootMs;
  const log = createLogWriter(speakerA)
    .boot(at(-1, '20:00'), 'first')
    .item({ ...urgent, fromMs: shifted(startMs + 50_000), toMs: shifted(startMs + 950_000) })
    .boot(bootMs)
    .item({ session, fromMs: startMs, toMs: startMs + 50_000 })
    .item({ session, fromMs: startMs + 950_000, toMs: startMs + 960_000 })
    .beat(at(1, '00:00'));
  const verdict = verdictOn(inputOf(log.records));
  expect(verdict.sessions.find((one) => one.session === session)?.airtimeMs).toBe(50_000);
});
