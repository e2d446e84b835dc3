import { anchorFromAnswer } from '#core/playback/wall-anchor.ts';
import type { Clock, Entropy, Timer } from '#runtime/clock.ts';
import type { Anchor } from '#schemas/records/clock-state.ts';
import type { TimeAnswer } from '#schemas/signed-time.ts';

/** How often the server is asked while the time is trusted, in milliseconds. */
export const ASK_EVERY_MS = 600_000;
/** How soon it is asked again while no answer has come, or after a connection, in milliseconds. */
const ASK_AGAIN_MS = 10_000;
/** How many answers are taken soon after a connection: the first ones wait behind other messages. */
const SOON_ANSWERS = 3;
/** An answer that took longer is worth nothing, in milliseconds. */
const MAX_ROUND_TRIP_MS = 60_000;
/** How many questions may be open; the oldest is forgotten. */
const MAX_QUESTIONS = 8;
const NONCE_BYTES = 16;

export interface TimeAskerOptions {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly isConnected: () => boolean;
  readonly ask: (nonce: string) => void;
  readonly onAnchor: (anchor: Anchor) => void;
}

/** Asks the server for signed time, each time with a nonce that was never used before. */
export interface TimeAsker {
  connected(): void;
  disconnected(): void;
  /** An answer whose signature holds; false when nothing was asked, or too long ago. */
  answered(answer: TimeAnswer, arrivedPosMs: number): boolean;
  stop(): void;
}

/** An asker that begins when the connection stands. */
export const createTimeAsker = (options: TimeAskerOptions): TimeAsker => {
  const { clock } = options;
  const questions = new Map<string, number>();
  let timer: Timer | undefined;
  let soonLeft = 0;
  const ask = () => {
    timer?.cancel();
    if (!options.isConnected()) return;
    const nonce = Buffer.from(options.entropy.bytes(NONCE_BYTES)).toString('hex');
    questions.set(nonce, clock.positionMs());
    if (questions.size > MAX_QUESTIONS) forgetOldest(questions);
    timer = clock.at(clock.positionMs() + ASK_AGAIN_MS, ask);
    options.ask(nonce);
  };
  return {
    connected: () => {
      soonLeft = SOON_ANSWERS;
      ask();
    },
    disconnected: () => timer?.cancel(),
    answered: (answer, arrivedPosMs) => {
      const sentPosMs = questions.get(answer.nonce);
      questions.delete(answer.nonce);
      if (sentPosMs === undefined || arrivedPosMs - sentPosMs > MAX_ROUND_TRIP_MS) return false;
      timer?.cancel();
      soonLeft -= 1;
      timer = clock.at(clock.positionMs() + (soonLeft > 0 ? ASK_AGAIN_MS : ASK_EVERY_MS), ask);
      options.onAnchor(anchorFromAnswer({ sentPosMs, arrivedPosMs, serverMs: answer.serverMs }));
      return true;
    },
    stop: () => timer?.cancel(),
  };
};

const forgetOldest = (questions: Map<string, number>): void => {
  for (const nonce of questions.keys()) {
    questions.delete(nonce);
    return;
  }
};
