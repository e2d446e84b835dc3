import fc from 'fast-check';
import { audibleOf } from '#core/airtime/audible.ts';
import { isInRun, longestRun } from '#core/airtime/runs.ts';
import { isSound, type Sound } from '#core/airtime/sounds.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { longestRunOf } from '../naive/longest-run.ts';
import { speakerA } from './ids.ts';
import { createLogWriter } from './log-writer.ts';

const session = plannedSessionId(0);

/** What sounded in one boot; instants are small, so that gaps are often just at the bound. */
interface Told {
  readonly boot: number;
  /** Clocks go backwards between boots, and within a boot from one item to the next. */
  readonly offsetMs: number;
  readonly fromMs: number;
  readonly lengthMs: number;
  readonly pauseMs: number;
}

const toldIn = (boots: number, paceMs: number): fc.Arbitrary<Told> =>
  fc
    .record({
      boot: fc.integer({ min: 1, max: boots }),
      driftMs: fc.oneof(fc.constantFrom(0, 100, 50), fc.integer({ min: 0, max: 400 })),
      fromMs: fc.integer({ min: 0, max: 120 }),
      lengthMs: fc.oneof(fc.constant(10), fc.integer({ min: 1, max: 25 })),
      pauseMs: fc.integer({ min: 0, max: 12 }),
    })
    .map(({ driftMs, ...rest }) => ({ ...rest, offsetMs: driftMs + rest.boot * paceMs }));

const toSound = ({ boot, offsetMs, fromMs, lengthMs, pauseMs }: Told, seq: number): Sound => {
  const halfMs = fromMs + Math.ceil(lengthMs / 2);
  const toMs = fromMs + lengthMs + pauseMs;
  const audible = [
    { fromMs, toMs: halfMs },
    { fromMs: halfMs + pauseMs, toMs },
  ];
  const writer = createLogWriter(speakerA).item({ session, fromMs, toMs, audible });
  const [record] = writer.records.map((one) => ({ ...one, seq }));
  if (record === undefined) throw new Error('one record');
  const dated = { boot, holeBefore: false, offsetMs, afterInstant: false, witness: true };
  const line = { record, ...dated, audible: audibleOf(record) };
  if (!isSound(line)) throw new Error('an item');
  return line;
};

const sounds = (one: fc.Arbitrary<Told>, maxLength: number): fc.Arbitrary<readonly Sound[]> =>
  fc
    .array(one, { maxLength })
    .map((all) =>
      all.sort((a, b) => a.boot - b.boot).map((told, index) => toSound(told, index + 1)),
    );

/** How far clocks go on from boot to boot, besides that they drift. */
const pacesMs = [0, 150, 300];

/** What is heard of one session in some boots at most, and what a gap may be. */
export interface HeardSession {
  readonly heard: readonly Sound[];
  readonly emergencies: readonly Sound[];
  readonly maxGapMs: number;
}

export const soundsOfBoots = (boots: number): fc.Arbitrary<HeardSession> =>
  fc.constantFrom(...pacesMs).chain((paceMs) =>
    fc.record({
      heard: sounds(toldIn(boots, paceMs), 14),
      emergencies: sounds(toldIn(boots, paceMs), 5),
      maxGapMs: fc.integer({ min: 0, max: 20 }),
    }),
  );

const naively = (all: readonly Sound[]) =>
  all.map(({ record, boot, offsetMs }) => ({
    ...{ record, boot, offsetMs: offsetMs ?? Number.NaN, isFuture: false },
  }));

/** The longest run as the judge finds it and as the naive judge does, in the same form. */
export const bothFind = ({ heard, emergencies, maxGapMs }: HeardSession) => {
  const run = longestRun(heard, maxGapMs, emergencies);
  const members = heard.filter((sound) => isInRun(sound, run));
  const naive = longestRunOf(naively(heard), naively(emergencies), maxGapMs);
  return {
    run: { airtimeMs: run.airtimeMs, seqs: members.map(({ record }) => record.seq) },
    naive: { airtimeMs: naive.airtimeMs, seqs: [...naive.seqs].sort((a, b) => a - b) },
  };
};
