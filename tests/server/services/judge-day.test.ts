import { describe, expect, it } from 'vitest';
import type { Verdict } from '#schemas/verdict.ts';
import { describeLog, exportLog } from '#server/services/describe-log.ts';
import { judgeDay } from '#server/services/judge-day.ts';
import { createJudgeWeek } from '#server/services/judge-week.ts';
import { planDays } from '#server/services/plan-days.ts';
import { AIRED_DAY, AIRED_FROM_MS, openAiredSite } from '#tests/support/aired-site.ts';
import { heartbeat } from '#tests/support/signed-log.ts';
import { mustCommit } from '#tests/support/site-in-store.ts';

const HOUR_MS = 3_600_000;
const DAY = AIRED_DAY;
const FROM_MS = AIRED_FROM_MS;

const open = async () => {
  const site = await openAiredSite();
  const judgeWeek = createJudgeWeek(site.ports);
  const judge = (day = DAY) => judgeDay(judgeWeek, day);
  const verdict = async (): Promise<Verdict> => {
    const judged = await judge();
    if (!judged.ok) throw new Error(judged.problem.code);
    const [only] = judged.value.verdicts;
    if (only === undefined) throw new Error('no verdict');
    return only;
  };
  return { ...site, judge, judgeWeek, verdict };
};

describe('the verdict of a day', () => {
  it('is pending before it is over, met once it was aired, with every record as evidence', async () => {
    const { clock, air, send, verdict } = await open();
    await clock.advance(24 * HOUR_MS);
    expect(await verdict()).toMatchObject({ verdict: 'pending', has: 0, owed: 2 });
    await clock.advance(14 * HOUR_MS);
    expect(await verdict()).toMatchObject({ verdict: 'unknown', unknown: 'logMissing' });
    const records = await air();
    await send(records);
    const met = await verdict();
    expect(met).toMatchObject({ verdict: 'met', has: 2, shortfall: { occurrences: 0 } });
    const evidence = met.sessions.flatMap(({ broadcasts }) => broadcasts.map(({ seq }) => seq));
    expect(evidence).toHaveLength(records.length - 3);
  });

  it('says what was missing when the log is complete and one session was not begun', async () => {
    const { clock, air, send, verdict } = await open();
    await clock.advance(38 * HOUR_MS);
    const evening = FROM_MS + 12 * HOUR_MS;
    await send(await air((record) => record.kind !== 'ended' || FROM_MS + record.posMs < evening));
    expect(await verdict()).toMatchObject({
      verdict: 'tooFew',
      has: 1,
      shortfall: { occurrences: 1, seconds: 300 },
      sessions: [{ counted: true }, { counted: false, reason: 'notBegun' }],
    });
  });

  it('keeps the planned sessions of a day that no pointer names any more', async () => {
    const { ports, clock, verdict } = await open();
    await clock.advance(4 * 24 * HOUR_MS);
    await planDays(ports);
    expect((await verdict()).sessions).toHaveLength(2);
  });

  it('is not due on the day of enrolment, and still shows what was aired', async () => {
    const { clock, store, speaker, air, send, verdict } = await open();
    const value = { ...speaker, enrolledMs: FROM_MS + 6 * HOUR_MS };
    await mustCommit(store, [{ do: 'put', what: 'speaker', value }]);
    await clock.advance(38 * HOUR_MS);
    await send(await air());
    expect(await verdict()).toMatchObject({
      verdict: 'notDue',
      owed: 0,
      sessions: [
        { airtimeMs: 360_000, reason: 'notOwed' },
        { airtimeMs: 360_000, reason: 'notOwed' },
      ],
    });
  });

  it('shows sound in quiet hours as a breach of the cap, also on a first day', async () => {
    const { clock, store, airtime, speaker, air, send, judge } = await open();
    const value = { ...speaker, enrolledMs: FROM_MS + 6 * HOUR_MS };
    const quietHours = [{ from: '17:00', to: '05:00' }];
    const records = await air();
    await mustCommit(store, [
      { do: 'put', what: 'speaker', value },
      { do: 'put', what: 'cap', value: { ...airtime.cap, quietHours } },
    ]);
    await clock.advance(38 * HOUR_MS);
    await send(records);
    expect(await judge()).toMatchObject({
      value: { capFindings: [{ code: 'quietHours', speaker: speaker.id, found: 360_000 }] },
    });
  });

  it('ends the log before a number under which two contents were signed', async () => {
    const { clock, speaker, log, boot, air, send, store, verdict } = await open();
    await clock.advance(38 * HOUR_MS);
    const records = await air();
    await send(records);
    expect(await verdict()).toMatchObject({ verdict: 'met' });
    const [first] = await store.records(speaker.id, 1, 1);
    log.append({ body: heartbeat, boot, posMs: 0 }, { seq: 2, prev: first?.hash ?? '' });
    await send(log.envelopes.slice(-1));
    expect(await verdict()).toMatchObject({ verdict: 'unknown' });
  });

  it.each([
    { why: 'the first day of the week', day: '2026-03-09' },
    { why: 'a later day of the week', day: DAY },
    { why: 'the last day of the week', day: '2026-03-15' },
    { why: 'a day of the week after', day: '2026-03-16', isShown: false },
  ])('too many days in a week are shown with $why', async ({ day, isShown = true }) => {
    const { clock, store, airtime, speaker, air, send, judge } = await open();
    const records = await air();
    await mustCommit(store, [
      { do: 'put', what: 'cap', value: { ...airtime.cap, maxDaysPerWeek: 0, from: '2026-03-10' } },
    ]);
    await clock.advance(38 * HOUR_MS);
    await send(records);
    const judged = await judge(day);
    const found = { code: 'maxDaysPerWeek', speaker: speaker.id, found: 1, allowed: 0 };
    const shown = judged.ok ? judged.value.capFindings : [];
    expect(shown).toEqual(isShown ? [expect.objectContaining(found)] : []);
  });

  it('is computed once while nothing changes, and again when a record arrives', async () => {
    const { clock, air, send, judgeWeek } = await open();
    await clock.advance(38 * HOUR_MS);
    const records = await air();
    await send(records.slice(0, -1));
    const first = await judgeWeek(DAY);
    const again = await judgeWeek(DAY);
    expect(first.ok && again.ok && first.value === again.value).toBe(true);
    await send(records);
    const later = await judgeWeek(DAY);
    expect(first.ok && later.ok && first.value === later.value).toBe(false);
  });
});

describe('a speaker’s log', () => {
  it('is shown with its signatures and its chain checked again, page by page', async () => {
    const { ports, speaker, air, send } = await open();
    const records = await air();
    await send(records);
    const newest = await describeLog(ports, speaker.id, { limit: 3 });
    if (!newest.ok) throw new Error(newest.problem.code);
    const last = records.length;
    expect(newest.value.records.map(({ seq }) => seq)).toEqual([last - 2, last - 1, last]);
    expect(newest.value.records.every((r) => r.signature === 'right' && r.chain === 'right')).toBe(
      true,
    );
    const before = await describeLog(ports, speaker.id, { before: 3, limit: 50 });
    expect(before).toMatchObject({ value: { records: [{ seq: 1 }, { seq: 2 }] } });
  });

  it('shows a record that was altered in the database', async () => {
    const { ports, speaker, air, send, database } = await open();
    await send(await air());
    database.sqlite.exec('DROP TRIGGER records_are_kept');
    const forged = database.sqlite
      .prepare('SELECT envelope FROM records WHERE seq = 3')
      .pluck()
      .get() as string;
    const { payload, ...rest } = JSON.parse(forged);
    const text = Buffer.from(payload, 'base64').toString().replace('"volume":100', '"volume":99');
    const envelope = JSON.stringify({ ...rest, payload: Buffer.from(text).toString('base64') });
    expect(envelope).not.toBe(forged);
    database.sqlite.prepare('UPDATE records SET envelope = ? WHERE seq = 3').run(envelope);
    const shown = await describeLog(ports, speaker.id, { limit: 200 });
    if (!shown.ok) throw new Error(shown.problem.code);
    expect(shown.value.records[2]).toMatchObject({ signature: 'signatureWrong', chain: 'broken' });
  });

  it('is exported as it came, one envelope a line', async () => {
    const { ports, speaker, air, send } = await open();
    const records = await air();
    await send(records);
    const exported = await exportLog(ports, speaker.id);
    if (!exported.ok) throw new Error(exported.problem.code);
    const text = (await Array.fromAsync(exported.value)).join('');
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(records);
  });
});
