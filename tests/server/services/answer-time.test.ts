import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { openEnvelope } from '#core/envelope.ts';
import { byteCodec, verifyEd25519 } from '#runtime/signing.ts';
import { envelopeSchema } from '#schemas/envelope.ts';
import { timeAnswerSchema } from '#schemas/signed-time.ts';
import { topicOf } from '#schemas/topics.ts';
import {
  createAnswerTime,
  MAX_QUESTIONS,
  QUESTION_WINDOW_MS,
} from '#server/services/answer-time.ts';
import { openTestStore } from '#tests/server/db/open-test-store.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';
import { newSigner } from '#tests/support/signed-log.ts';
import { newId, putSite } from '#tests/support/site-in-store.ts';

const START_MS = 1_770_000_000_000;

const open = async () => {
  const { store } = await openTestStore();
  const site = await putSite(store);
  const clock = createFakeClock(START_MS);
  const signer = newSigner();
  const sent: { topic: string; payload: string; retain: boolean }[] = [];
  const warnings: unknown[] = [];
  const log = pino({ level: 'warn' }, { write: (line) => warnings.push(JSON.parse(line)) });
  const answerTime = createAnswerTime({
    log,
    store,
    clock,
    keys: { signer },
    broker: {
      publish: async (message) => {
        sent.push(message);
      },
      onMessage: () => undefined,
      onUp: () => undefined,
      admit: async () => undefined,
      expel: async () => undefined,
      close: async () => undefined,
    },
  });
  const { speaker } = await site.enrol();
  return { store, site, clock, signer, sent, warnings, answerTime, speaker };
};

const nonceOf = (digit: number): string => String(digit).padStart(32, '0');

describe('a speaker that asks for the time', () => {
  it('gets an answer signed by the site for its own nonce and no other', async () => {
    const { sent, signer, answerTime, speaker, clock } = await open();
    await clock.advance(1234);
    expect(await answerTime(speaker.id, { nonce: nonceOf(7) })).toMatchObject({ ok: true });
    const [message] = sent;
    expect(message).toMatchObject({
      topic: topicOf('timeAnswer', { site: 'xa-mau', speaker: speaker.id }),
      retain: false,
    });
    const opened = openEnvelope({
      envelope: envelopeSchema.parse(JSON.parse(message?.payload ?? '')),
      purpose: 'time',
      keys: [{ keyId: signer.keyId, publicKey: signer.publicKey, purposes: ['time'] }],
      codec: byteCodec,
      verify: verifyEd25519,
    });
    if (!opened.ok) throw new Error(opened.problem.code);
    const answer = timeAnswerSchema.parse(JSON.parse(Buffer.from(opened.value).toString()));
    expect(answer).toEqual({
      v: 1,
      site: 'xa-mau',
      speaker: speaker.id,
      nonce: nonceOf(7),
      serverMs: START_MS + 1234,
    });
  });

  it('gets the time of now when a nonce is replayed, never the old answer again', async () => {
    const { answerTime, speaker, clock } = await open();
    await answerTime(speaker.id, { nonce: nonceOf(1) });
    await clock.advance(5000);
    expect(await answerTime(speaker.id, { nonce: nonceOf(1) })).toMatchObject({
      value: { serverMs: START_MS + 5000 },
    });
  });

  it('follows the server’s clock when that jumps, and the log says by how much', async () => {
    const { answerTime, speaker, clock, warnings } = await open();
    await clock.advance(5000);
    await answerTime(speaker.id, { nonce: nonceOf(1) });
    expect(warnings).toEqual([]);
    clock.jumpWall(-3_600_000);
    for (const digit of [2, 3]) await answerTime(speaker.id, { nonce: nonceOf(digit) });
    expect(warnings).toMatchObject([{ event: 'wallClockJumped', byMs: -3_600_000 }]);
  });

  it('is not answered when it asks too often, and again after a while', async () => {
    const { answerTime, speaker, sent, clock } = await open();
    for (let asked = 0; asked < MAX_QUESTIONS; asked += 1) {
      expect(await answerTime(speaker.id, { nonce: nonceOf(asked) })).toMatchObject({ ok: true });
    }
    expect(await answerTime(speaker.id, { nonce: nonceOf(99) })).toMatchObject({
      problem: { code: 'tooManyTries', retryAfterS: QUESTION_WINDOW_MS / 1000 },
    });
    expect(sent).toHaveLength(MAX_QUESTIONS);
    await clock.advance(QUESTION_WINDOW_MS);
    expect(await answerTime(speaker.id, { nonce: nonceOf(99) })).toMatchObject({ ok: true });
  });

  it('is not answered when nobody enrolled it', async () => {
    const { answerTime, sent } = await open();
    const speaker = newId();
    expect(await answerTime(speaker, { nonce: nonceOf(1) })).toMatchObject({
      problem: { code: 'unknownSpeaker', speaker },
    });
    expect(sent).toEqual([]);
  });
});
