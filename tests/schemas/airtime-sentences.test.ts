import { describe, expect, test } from 'vitest';
import { verdictCodeSchema } from '#schemas/airtime.ts';
import { fileFindingSchema } from '#schemas/files/answers.ts';
import {
  capFindingToSentence,
  fileFindingToSentence,
  shortfallToText,
  unitVerdictToSentence,
  verdictToSentences,
} from '#schemas/messages/airtime-sentences.ts';
import { languages } from '#schemas/messages/fill-sentence.ts';
import { outsideToSentence, slotToSentence } from '#schemas/messages/reconciliation-sentences.ts';
import {
  outsideSoundSchema,
  type SlotReconciliation,
  slotReasonSchema,
  slotStateSchema,
} from '#schemas/reconciliation.ts';
import { endReasonSchema, refusalReasonSchema } from '#schemas/records/reasons.ts';
import {
  capFindingSchema,
  sessionReasonSchema,
  type UnitVerdict,
  unitVerdictCodeSchema,
  unknownReasonSchema,
  type Verdict,
} from '#schemas/verdict.ts';

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const period = { per: 'day', from: '2026-03-02', to: '2026-03-02' } as const;

const session = (change: Partial<Verdict['sessions'][number]>): Verdict['sessions'][number] => ({
  session: 'p-0',
  plannedMs: 0,
  startedMs: null,
  timing: null,
  airtimeMs: 0,
  qualifies: false,
  counted: false,
  reason: 'notBegun',
  cause: null,
  broadcasts: [],
  refusals: [],
  ...change,
});

const verdict = (change: Partial<Verdict>): Verdict => ({
  rule: id(1),
  version: 1,
  speaker: id(2),
  period,
  verdict: 'tooFew',
  counts: 'campaign',
  owed: 2,
  has: 1,
  late: false,
  shortfall: { occurrences: 1, seconds: 350 },
  unknown: null,
  exemptedBy: null,
  excuse: null,
  sessions: [],
  ...change,
});

const slot = (change: Partial<SlotReconciliation>): SlotReconciliation => ({
  offsetMs: 0,
  plannedMs: 0,
  durationMs: 60_000,
  kind: 'clip',
  clip: 'a'.repeat(64),
  bulletin: id(5),
  role: 'bulletin',
  state: 'notAired',
  final: true,
  airedMs: 0,
  startedMs: null,
  reason: 'notBegun',
  cause: null,
  records: [],
  refusals: [],
  ...change,
});

const toWall = () => ({ day: '2026-03-04', time: '05:30' });

/** A sentence of which every part was found: no key and no name of a fact is left in it. */
const isWhole = (sentence: string) => {
  expect(sentence).not.toMatch(
    /[{}]|undefined|null|\b(verdict|unknown|reason|cause|finding|slot|slotReason|outside)\./,
  );
  expect(sentence).toMatch(/[.)]$/);
};

describe.each(languages)('in %s', (language) => {
  test.each(verdictCodeSchema.options)('verdict %s has a sentence', (code) => {
    const isOpen = code === 'unknown' || code === 'unproven';
    const unknown = isOpen ? 'logMissing' : null;
    isWhole(verdictToSentences(verdict({ verdict: code, unknown }), language, toWall));
  });

  test('what was met only after the lock has one of its own', () => {
    isWhole(verdictToSentences(verdict({ verdict: 'met', late: true }), language, toWall));
  });

  test.each(unknownReasonSchema.options)('what is unknown by %s says so', (unknown) => {
    isWhole(verdictToSentences(verdict({ verdict: 'unknown', unknown }), language, toWall));
  });

  test.each(sessionReasonSchema.options)(
    'a session that is not counted by %s says so',
    (reason) => {
      const sessions = [session({ reason })];
      isWhole(verdictToSentences(verdict({ sessions }), language, toWall));
    },
  );

  test.each([...endReasonSchema.options, ...refusalReasonSchema.options])(
    'the cause %s is told',
    (cause) => {
      const sessions = [session({ reason: 'tooShort', cause })];
      isWhole(verdictToSentences(verdict({ sessions }), language, toWall));
    },
  );

  test.each(unitVerdictCodeSchema.options)('unit verdict %s has a sentence', (code) => {
    const unit: UnitVerdict = {
      ...{ rule: id(1), version: 1, unit: id(3), period, verdict: code, counts: 'campaign' },
      ...{ judged: 3, required: 2, met: 1, shortfall: { occurrences: 2, seconds: 700 } },
      speakers: [],
    };
    isWhole(unitVerdictToSentence(unit, language));
  });

  test.each(capFindingSchema.shape.code.options)('breach %s has a sentence', (code) => {
    const breach = { cap: id(4), speaker: id(2), code, day: '2026-03-02', session: null };
    isWhole(capFindingToSentence({ ...breach, found: 900_060, allowed: 900_000 }, language));
  });

  const states = slotStateSchema.options.flatMap((state) =>
    slotReasonSchema.options.map((reason) => ({ state, reason })),
  );
  test.each(states)('a slot that is $state by $reason has a sentence', ({ state, reason }) => {
    isWhole(slotToSentence(slot({ state, reason }), language));
  });

  test.each([...endReasonSchema.options, ...refusalReasonSchema.options])(
    'a slot says what the log gives as cause: %s',
    (cause) => {
      const because = slotToSentence(slot({ cause }), language);
      isWhole(because);
      expect(because).not.toBe(slotToSentence(slot({}), language));
    },
  );

  test('a slot that sounded in part says when more may still come', () => {
    const partly = slot({ state: 'partlyAired', airedMs: 30_000, reason: 'cutShort' });
    const open = slotToSentence({ ...partly, final: false }, language);
    isWhole(open);
    expect(open.startsWith(slotToSentence(partly, language))).toBe(true);
    expect(open).not.toBe(slotToSentence(partly, language));
  });

  test.each(outsideSoundSchema.shape.why.options)('what sounded %s has a sentence', (why) => {
    isWhole(outsideToSentence({ why }, language));
  });

  test.each(fileFindingSchema.shape.code.options)('finding %s has a sentence', (code) => {
    isWhole(fileFindingToSentence({ code }, language));
  });
});

test.each([
  { occurrences: 1, seconds: 350, vi: 'còn thiếu 05 phút 50 giây' },
  { occurrences: 1, seconds: 60, vi: 'còn thiếu 01 phút 00 giây' },
  { occurrences: 4, seconds: 7200, vi: 'còn thiếu 120 phút 00 giây' },
  { occurrences: 2, seconds: 0, vi: 'còn thiếu 2 lần' },
])('$seconds seconds are "$vi"', ({ vi, ...shortfall }) => {
  expect(shortfallToText(shortfall, 'vi')).toBe(vi);
});

test('a verdict tells what is missing, and which session was why', () => {
  const sessions = [session({ reason: 'tooShort', cause: 'powerLoss' })];
  expect(verdictToSentences(verdict({ sessions }), 'vi', toWall)).toBe(
    'Thiếu lần: có 1/2 lần, còn thiếu 05 phút 50 giây. ' +
      'Buổi 05:30 không được tính: thời lượng chưa đủ (mất điện).',
  );
});

test('of a period of several days, a session is named with its day', () => {
  const week = { per: 'week', from: '2026-03-02', to: '2026-03-08' } as const;
  const sessions = [session({ reason: 'tooShort' })];
  expect(verdictToSentences(verdict({ period: week, sessions }), 'vi', toWall)).toContain(
    'Buổi 05:30 ngày 04/03/2026 không được tính: thời lượng chưa đủ.',
  );
});

test('one is counted as one, and more as more', () => {
  const say = (owed: number, has: number, occurrences: number) =>
    verdictToSentences(
      verdict({ owed, has, shortfall: { occurrences, seconds: 0 }, sessions: [] }),
      'en',
      toWall,
    );
  expect(say(1, 0, 1)).toBe('Too few: 0 of 1 occurrence, 1 occurrence missing.');
  expect(say(3, 1, 2)).toBe('Too few: 1 of 3 occurrences, 2 occurrences missing.');
});
