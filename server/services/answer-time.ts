import { canonicalJson } from '#core/canonical-json.ts';
import { sealEnvelope } from '#runtime/signing.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { TimeAnswer, TimeQuestion } from '#schemas/signed-time.ts';
import { topicOf } from '#schemas/topics.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { createWallClockWatch } from './watch-wall-clock.ts';

/** A speaker asks a few times at its start and then rarely; more than this is not answered. */
export const MAX_QUESTIONS = 10;
export const QUESTION_WINDOW_MS = 10_000;

export type AnswerTime = (
  speaker: string,
  question: TimeQuestion,
) => Promise<Result<TimeAnswer, ProblemOf<'unknownSpeaker' | 'tooManyTries'>>>;

type Ports = Pick<ServerPorts, 'store' | 'broker' | 'keys' | 'clock' | 'log'>;

/**
 * Answers a speaker's nonce with the site's signed time, at once and past the outbox: an answer that
 * is late or lost is worth nothing, and the speaker asks again.
 * Errors: unknownSpeaker, tooManyTries (more than `MAX_QUESTIONS` in `QUESTION_WINDOW_MS`).
 * Source: DESIGN.md, contracts, time.
 */
export const createAnswerTime = (ports: Ports): AnswerTime => {
  const askedBySpeaker = new Map<string, number[]>();
  const lookAtClock = createWallClockWatch(ports);
  return async (speaker, { nonce }) => {
    const known = await ports.store.speakerById(speaker);
    const site = await ports.store.site();
    if (site === undefined || known?.state !== 'enrolled') {
      return refuse({ code: 'unknownSpeaker', speaker });
    }
    const nowMs = ports.clock.positionMs();
    const asked = (askedBySpeaker.get(speaker) ?? []).filter(
      (atMs) => atMs > nowMs - QUESTION_WINDOW_MS,
    );
    askedBySpeaker.set(speaker, asked);
    const [oldestMs] = asked;
    if (oldestMs !== undefined && asked.length >= MAX_QUESTIONS) {
      const retryAfterS = Math.ceil((oldestMs + QUESTION_WINDOW_MS - nowMs) / 1000);
      return refuse({ code: 'tooManyTries', retryAfterS });
    }
    asked.push(nowMs);
    lookAtClock();
    const answer: TimeAnswer = {
      v: 1,
      site: site.slug,
      speaker,
      nonce,
      serverMs: Math.floor(ports.clock.wallMs()),
    };
    const payload = Buffer.from(canonicalJson(answer), 'utf8');
    await ports.broker.publish({
      topic: topicOf('timeAnswer', { site: site.slug, speaker }),
      payload: JSON.stringify(sealEnvelope(ports.keys.signer, 'time', payload)),
      retain: false,
    });
    return ok(answer);
  };
};
