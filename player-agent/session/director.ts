import { MINUTE_MS } from '#core/local-time.ts';
import type { Candidate } from '#core/playback/candidates.ts';
import type { Timer } from '#runtime/clock.ts';
import { sessionIdToStartMs } from '#schemas/read-session-id.ts';
import type { SessionId } from '#schemas/session.ts';
import { createEmergencyKeeper } from '../emergency/emergency-keeper.ts';
import { createMakeGoodKeeper } from '../make-good/make-good-keeper.ts';
import { type DrillAnswer, playDrill } from '../tone/play-drill.ts';
import { playTone, type ToneAnswer } from '../tone/play-tone.ts';
import { type Decided, decideNow } from './decide-now.ts';
import type { DirectorPorts } from './director-ports.ts';
import { readEarlierSound } from './earlier-sound.ts';
import { createHeardWatch } from './heard-watch.ts';
import type { NowPlaying } from './now-playing.ts';
import { createPerformer } from './performer.ts';
import { refusalOf } from './refusals.ts';
import { createSilenceWatch } from './silence-watch.ts';
import { switchAmplifier } from './switch-amplifier.ts';
import { createViewer, type Silence, type View } from './view.ts';

/** The longest the director goes without looking, in milliseconds. */
const MAX_WAKE_MS = MINUTE_MS;

/** Decides at each change and each due instant what sounds, and has it carried out. */
export interface Director {
  /** Looks at everything anew; must run in the agent's queue. */
  look(): Promise<void>;
  /**
   * The session that is open now: begun, and not over. What an emergency or a list by hand cut off goes
   * on after it, so of two it is the one that was to begin first.
   */
  openSession(): SessionId | null;
  playing(): NowPlaying | null;
  /** When an order that waits for quiet hours to end may begin, in epoch milliseconds. */
  waitingUntilMs(): number | null;
  /** Whether a list was taken up and is not heard for longer than loading ever takes. */
  isStuck(): boolean;
  /** Lets the test tone sound, if it may; must run in the agent's queue. */
  playTone(): Promise<ToneAnswer>;
  /** Lets sound what says that all is only a drill, if it may; must run in the agent's queue. */
  playDrill(): Promise<DrillAnswer>;
  /** Silence, with the record of what sounded; must run in the agent's queue. */
  stop(): Promise<void>;
}

type AtBoxWish = Parameters<typeof playDrill>[0];

/** A director that has not looked yet. */
export const createDirector = (ports: DirectorPorts): Director => {
  const view = createViewer(ports);
  const makeGoods = createMakeGoodKeeper(ports);
  const emergencies = createEmergencyKeeper(ports);
  const watch = createSilenceWatch<Silence | 'documentMissing'>();
  let decided: Decided = { open: [], waitingUntilMs: null, wakeMs: Number.POSITIVE_INFINITY };
  let wake: Timer | undefined;
  let isStopped = false;
  let isRecalled = false;

  const wakeIn = (ms: number) => {
    wake?.cancel();
    const delayMs = Math.min(Math.max(ms, 0), MAX_WAKE_MS);
    wake = ports.clock.at(ports.clock.positionMs() + delayMs, () => void ports.tasks.run(look));
  };
  const look = async (): Promise<void> => {
    if (isStopped) return;
    heard.look();
    const seen = view();
    for (const cause of watch.see(causesOf(seen, ports), ports.trusted.posMs())) {
      if (cause === 'documentMissing') ports.refuse(refusalOf('playlist', cause));
      else if (cause !== 'nothingOrdered') refuseAll(cause, ports);
    }
    if (typeof seen === 'string') {
      ports.amplifier?.want(performer.candidate() !== null);
      return wakeIn(MAX_WAKE_MS);
    }
    if (!isRecalled) performer.continueFrom(await readEarlierSound(ports, seen), seen.anchor);
    isRecalled = true;
    decided = await decideNow(seen, ports, { performer, makeGoods, emergencies });
    const { open, wakeMs } = decided;
    const { nowMs, quiet } = seen;
    const ahead = { nowMs, quiet, open, isBusy: performer.candidate() !== null };
    wakeIn(Math.min(wakeMs, switchAmplifier(ahead, ports)) - nowMs);
  };
  const performer = createPerformer(ports, look);
  const heard = createHeardWatch(ports.clock, performer);
  const atBox = async <A>(play: (input: AtBoxWish) => A): Promise<A> => {
    const answer = play({ seen: view(), open: decided.open, id: ports.newId() });
    ports.logger.info({ event: 'askedAtBox', answer });
    await look();
    return answer;
  };
  return {
    look,
    openSession: () =>
      firstBegun([performer.candidate()?.id, openNow(decided.open, ports)?.id]) ?? null,
    playing: performer.playing,
    waitingUntilMs: () => decided.waitingUntilMs,
    isStuck: heard.isStuck,
    playTone: () => atBox((input) => playTone({ ...input, ...ports.tone }, performer, ports)),
    playDrill: () => atBox((input) => playDrill(input, performer, ports)),
    stop: async () => {
      isStopped = true;
      wake?.cancel();
      await performer.halt('agentStopped');
      await ports.amplifier?.close();
    },
  };
};

/** Nothing can sound: no session, and none of the emergencies that wait. */
const refuseAll = (cause: Exclude<Silence, 'nothingOrdered'>, ports: DirectorPorts): void => {
  ports.refuse(refusalOf('session', cause));
  for (const { emergency } of ports.emergencies.open()) {
    ports.refuse({ ...refusalOf('emergency', cause), emergency: emergency.id });
  }
};

const causesOf = (
  seen: View | Silence,
  ports: DirectorPorts,
): readonly (Silence | 'documentMissing')[] => {
  if (typeof seen === 'string') return [seen];
  const today = seen.pointer.days[seen.today];
  return today === undefined || ports.documents().has(today) ? [] : ['documentMissing'];
};

const firstBegun = (sessions: readonly (SessionId | undefined)[]): SessionId | undefined =>
  sessions
    .filter((session) => session !== undefined)
    .sort((a, b) => sessionIdToStartMs(a) - sessionIdToStartMs(b))[0];

const openNow = (open: readonly Candidate[], ports: DirectorPorts): Candidate | undefined => {
  const nowMs = ports.trusted.nowMs() ?? 0;
  const { sessions } = ports.bookFile.book();
  return open.find(
    ({ id, endMs }) =>
      nowMs < endMs && sessions.some(({ session, state }) => session === id && state === 'begun'),
  );
};
