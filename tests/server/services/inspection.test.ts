import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#core/canonical-json.ts';
import { openEnvelope } from '#core/envelope.ts';
import { byteCodec, sha256, verifyEd25519 } from '#runtime/signing.ts';
import { envelopeSchema, type Purpose } from '#schemas/envelope.ts';
import {
  signedCorrectionSchema,
  signedExcuseSchema,
  signedLockSchema,
} from '#schemas/inspection.ts';
import { acceptExcuse } from '#server/services/accept-excuse.ts';
import { correctHistory } from '#server/services/correct-history.ts';
import { describeInspection } from '#server/services/describe-inspection.ts';
import { createJudgeWeek } from '#server/services/judge-week.ts';
import { lockWeek } from '#server/services/lock-week.ts';
import { AIRED_DAY, AIRED_FROM_MS, AIRED_WEEK, openAiredSite } from '#tests/support/aired-site.ts';

const HOUR_MS = 3_600_000;
/** From noon of Tuesday to the morning of the Monday after. */
const TO_NEXT_WEEK_MS = 6 * 24 * HOUR_MS;
const EVENING_MS = AIRED_FROM_MS + 12 * HOUR_MS;

const open = async () => {
  const site = await openAiredSite();
  const { ports, airtime, speaker, signer } = site;
  const judgeWeek = createJudgeWeek(ports);
  const verdictOn = async (day = AIRED_DAY) => {
    const judged = await judgeWeek(day);
    if (!judged.ok) throw new Error(judged.problem.code);
    return judged.value.verdicts.find(({ period }) => period.from === day);
  };
  const excuse = (changed: object = {}) => {
    const request = {
      rule: airtime.rule.id,
      speakers: [speaker.id],
      periodFrom: AIRED_DAY,
      reason: 'Mất điện cả thôn',
      ...changed,
    };
    return acceptExcuse(ports, judgeWeek, { userId: 'hoa', request });
  };
  const payloadOf = (purpose: Purpose, envelope: string): unknown => {
    const keys = [{ ...signer, purposes: [purpose] }];
    const sealed = envelopeSchema.parse(JSON.parse(envelope));
    const opened = openEnvelope({
      envelope: sealed,
      purpose,
      keys,
      codec: byteCodec,
      verify: verifyEd25519,
    });
    if (!opened.ok) throw new Error(opened.problem.code);
    return JSON.parse(Buffer.from(opened.value).toString());
  };
  return { ...site, verdictOn, excuse, payloadOf };
};

describe('a locked week', () => {
  it('is not locked before it is over', async () => {
    const { ports, clock } = await open();
    await clock.advance(5 * 24 * HOUR_MS);
    expect(await lockWeek(ports, 'hoa', AIRED_DAY)).toMatchObject({
      problem: { code: 'weekNotOver', to: '2026-03-15' },
    });
  });

  it('makes what is unknown unproven, and no longer than until it is proved, late', async () => {
    const { ports, clock, air, send, verdictOn } = await open();
    await clock.advance(TO_NEXT_WEEK_MS);
    const records = await air();
    await send(records.slice(0, 2));
    expect(await verdictOn()).toMatchObject({ verdict: 'unknown', late: false });
    const locked = await lockWeek(ports, 'hoa', AIRED_DAY);
    expect(locked).toMatchObject({ value: { week: AIRED_WEEK, lockedBy: 'hoa' } });
    expect(await verdictOn()).toMatchObject({ verdict: 'unproven' });
    await send(records);
    expect(await verdictOn()).toMatchObject({ verdict: 'met', late: true });
  });

  it('what was proved before it was locked is not shown as late', async () => {
    const { ports, clock, air, send, verdictOn } = await open();
    await clock.advance(TO_NEXT_WEEK_MS);
    await send(await air());
    await lockWeek(ports, 'hoa', AIRED_DAY);
    expect(await verdictOn()).toMatchObject({ verdict: 'met', late: false });
  });

  it('is locked once, signed with how far each log reached, and audited', async () => {
    const { ports, store, clock, air, send, speaker, payloadOf } = await open();
    await clock.advance(TO_NEXT_WEEK_MS);
    const records = await air();
    await send(records);
    await lockWeek(ports, 'hoa', AIRED_DAY);
    expect(await lockWeek(ports, 'lan', AIRED_WEEK)).toMatchObject({
      problem: { code: 'alreadyExists', what: 'lock' },
    });
    const [stored] = await store.locks(AIRED_WEEK, AIRED_WEEK);
    const heads = [{ speaker: speaker.id, seq: records.length }];
    expect(stored?.heads).toEqual(heads);
    const signed = signedLockSchema.parse(payloadOf('lock', stored?.envelope ?? ''));
    const digest = sha256(byteCodec.textToBytes(canonicalJson(heads)));
    expect(signed).toMatchObject({ week: AIRED_WEEK, lockedBy: 'hoa', heads: digest });
    expect((await store.audit(1))[0]).toMatchObject({ action: 'lockWeek', subject: AIRED_WEEK });
    expect(await describeInspection(ports, AIRED_DAY)).toMatchObject({ lock: { lockedBy: 'hoa' } });
  });
});

describe('an accepted reason', () => {
  it('excuses a missed day, and a log that comes after it still makes it met', async () => {
    const { clock, air, send, verdictOn, excuse } = await open();
    await clock.advance(TO_NEXT_WEEK_MS);
    const records = await air();
    await send(records.slice(0, 2));
    const accepted = await excuse();
    expect(accepted.ok).toBe(true);
    const id = accepted.ok ? accepted.value[0]?.id : undefined;
    expect(await verdictOn()).toMatchObject({ verdict: 'excused', excuse: id });
    await send(records);
    expect(await verdictOn()).toMatchObject({ verdict: 'met' });
  });

  it('is signed, audited, shown with its reason, and never replaced', async () => {
    const { ports, store, clock, air, send, excuse, payloadOf } = await open();
    await clock.advance(TO_NEXT_WEEK_MS);
    await send(await air((r) => r.kind !== 'ended' || AIRED_FROM_MS + r.posMs < EVENING_MS));
    await excuse();
    const [stored] = await store.excuses();
    const signed = signedExcuseSchema.parse(payloadOf('excuse', stored?.envelope ?? ''));
    expect(signed).toMatchObject({ reason: 'Mất điện cả thôn', acceptedBy: 'hoa' });
    expect((await store.audit(1))[0]).toMatchObject({ action: 'acceptExcuse' });
    expect(await describeInspection(ports, AIRED_DAY)).toMatchObject({
      lock: null,
      excuses: [{ reason: 'Mất điện cả thôn', acceptedBy: 'hoa' }],
    });
    expect(await excuse({ reason: 'Lý do khác' })).toMatchObject({
      problem: { code: 'wrongState', state: 'excused' },
    });
  });

  it.each([
    { why: 'the period is none of the rule', changed: { periodFrom: '2027-05-05' } },
    { why: 'the rule is unknown', changed: { rule: '01900000-0000-7000-8000-000000000099' } },
    {
      why: 'the speaker is unknown',
      changed: { speakers: ['01900000-0000-7000-8000-000000000099'] },
    },
  ])('is refused when $why', async ({ changed }) => {
    const { store, clock, excuse } = await open();
    await clock.advance(TO_NEXT_WEEK_MS);
    expect(await excuse(changed)).toMatchObject({ problem: { code: 'notFound', what: 'verdict' } });
    expect(await store.excuses()).toEqual([]);
  });

  it('is refused where the rule was met', async () => {
    const { clock, air, send, excuse } = await open();
    await clock.advance(TO_NEXT_WEEK_MS);
    await send(await air());
    expect(await excuse()).toMatchObject({ problem: { code: 'wrongState', state: 'met' } });
  });
});

describe('a correction of the unit history', () => {
  const openToCorrect = async () => {
    const site = await open();
    await site.clock.advance(TO_NEXT_WEEK_MS);
    const { ports, speaker } = site;
    const request = {
      speaker: speaker.id,
      unit: speaker.unit,
      belonged: false,
      from: AIRED_WEEK,
      to: AIRED_DAY,
      reason: 'Cụm loa đã chuyển đi từ tháng trước',
    };
    const correct = (changed: object = {}, userId = 'hoa') =>
      correctHistory(ports, { userId, request: { ...request, ...changed } });
    return { ...site, correct };
  };

  it('is signed, audited and shown, and leaves the verdict as it was', async () => {
    const { ports, store, air, send, verdictOn, correct, payloadOf } = await openToCorrect();
    await send(await air());
    const before = await verdictOn();
    const found = await correct();
    expect(found).toMatchObject({ ok: true, value: { belonged: false, to: AIRED_DAY } });
    const [stored] = await store.corrections();
    const signed = signedCorrectionSchema.parse(payloadOf('correction', stored?.envelope ?? ''));
    expect(signed).toMatchObject({ foundBy: 'hoa', reason: 'Cụm loa đã chuyển đi từ tháng trước' });
    expect((await store.audit(1))[0]).toMatchObject({
      action: 'correctHistory',
      subject: signed.id,
      facts: { reason: signed.reason, foundBy: 'hoa' },
    });
    expect(await describeInspection(ports, AIRED_DAY)).toMatchObject({
      corrections: [{ id: signed.id, foundBy: 'hoa' }],
    });
    expect(await verdictOn()).toEqual(before);
  });

  const none = '01900000-0000-7000-8000-000000000099';
  it.each([
    { why: 'the day is still to come', changed: { to: '2026-03-17' }, code: 'requestInvalid' },
    { why: 'the speaker is unknown', changed: { speaker: none }, code: 'unknownSpeaker' },
    { why: 'the unit is unknown', changed: { unit: none }, code: 'unknownUnit' },
  ])('is refused when $why', async ({ changed, code }) => {
    const { store, correct } = await openToCorrect();
    expect(await correct(changed)).toMatchObject({ problem: { code } });
    expect(await store.corrections()).toEqual([]);
  });

  it.each(['operator', 'administrator', 'villageHead'] as const)(
    'is not for an inspector who is also %s: verdicts are about that work',
    async (role) => {
      const { store, correct } = await openToCorrect();
      const user = {
        id: 'lan',
        username: 'lan',
        name: 'Lan',
        roles: ['inspector', role] as const,
        unit: null,
        passwordHash: '',
        passwordChangeRequired: false,
        createdMs: 0,
      };
      await store.commit({ changes: [{ do: 'insert', what: 'user', value: user }] });
      expect(await correct({}, 'lan')).toMatchObject({ problem: { code: 'correctsOwnWork' } });
      expect(await store.corrections()).toEqual([]);
    },
  );
});
