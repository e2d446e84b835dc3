import { after } from '../../../shared/clock.ts';
import { tellBeingMade } from './being-made.ts';
import {
  forgetRecording,
  joinPieces,
  type KeptPiece,
  keepPiece,
  keptRecording,
  type Recorded,
} from './kept-pieces.ts';
import {
  askForMicrophone,
  type MicrophoneRefusal,
  refusalBeforeAsking,
  releaseMicrophone,
} from './microphone.ts';
import { keptSendings } from './sendings.ts';
import { beginTake, type Take } from './take.ts';

/** A little less than the longest clip that the server takes, an hour. */
export const MAX_RECORDING_MS = 3_540_000;
/** As many recordings as this may be on their way before another one is made: each takes room here. */
const MOST_ON_THEIR_WAY = 5;

export type RecordingRefusal = MicrophoneRefusal | 'waiting';

/** How far a recording has come. */
export type RecorderState =
  | { readonly phase: 'empty'; readonly refusal: RecordingRefusal | null }
  | { readonly phase: 'asking' }
  | { readonly phase: 'running' | 'paused'; readonly take: Take; readonly stream: MediaStream }
  | { readonly phase: 'recorded'; readonly recorded: Recorded };

/** Records one thing at a time and keeps it in this browser until it is forgotten. */
export interface Recorder {
  state(): RecorderState;
  /** Tells of every change of the state until the answer is called. */
  subscribe(onChange: () => void): () => void;
  /** Whether a recording would survive this page; false once a piece could not be kept. */
  isKept(): boolean;
  /** Takes up what was left unsent. */
  open(): void;
  begin(): Promise<void>;
  pause(): void;
  resume(): void;
  stop(): void;
  forget(): Promise<void>;
  /** Stops, and lets the microphone go; what was recorded is kept. */
  close(): void;
}

/** A recorder of the person. */
export const createRecorder = (person: string): Recorder => {
  const listeners = new Set<() => void>();
  let state: RecorderState = { phase: 'empty', refusal: refusalBeforeAsking() };
  let isKept = true;
  let isClosed = false;
  let cancelBound: () => void = () => undefined;
  const enter = (next: RecorderState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  const notKept = () => {
    isKept = false;
    enter({ ...state });
  };
  const takeUp = async () => {
    const recorded = await keptRecording(person).catch(notKept);
    const onTheirWay = await keptSendings(person).catch(() => []);
    if (state.phase !== 'empty') return;
    if (recorded) enter({ phase: 'recorded', recorded });
    else if (onTheirWay.length >= MOST_ON_THEIR_WAY) enter({ phase: 'empty', refusal: 'waiting' });
  };
  const stop = () => {
    if (state.phase === 'running' || state.phase === 'paused') void state.take.stop();
  };
  const bound = (take: Take) => {
    cancelBound();
    cancelBound = after(Math.max(0, MAX_RECORDING_MS - take.durationMs()), stop);
  };
  const record = (stream: MediaStream) => {
    const pieces: KeptPiece[] = [];
    isKept = true;
    const take = beginTake({
      stream,
      onPiece: (piece) => {
        pieces.push(piece);
        // After a piece that is missing no other one can be played.
        if (isKept) keepPiece(person, piece).catch(notKept);
      },
      onEnd: () => {
        cancelBound();
        releaseMicrophone(stream);
        toldMade();
        enter(toEnd(joinPieces(pieces)));
      },
    });
    const toldMade = tellBeingMade(person, take.startedMs);
    bound(take);
    enter({ phase: 'running', take, stream });
  };
  return {
    state: () => state,
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    isKept: () => isKept,
    open: () => {
      isClosed = false;
      void takeUp();
    },
    begin: async () => {
      enter({ phase: 'asking' });
      const microphone = await askForMicrophone();
      if (!microphone.ok) enter({ phase: 'empty', refusal: microphone.refusal });
      else if (isClosed) releaseMicrophone(microphone.stream);
      else record(microphone.stream);
    },
    pause: () => {
      if (state.phase !== 'running') return;
      cancelBound();
      state.take.pause();
      enter({ ...state, phase: 'paused' });
    },
    resume: () => {
      if (state.phase !== 'paused') return;
      state.take.resume();
      bound(state.take);
      enter({ ...state, phase: 'running' });
    },
    stop,
    forget: async () => {
      if (state.phase !== 'recorded') return;
      const { startedMs } = state.recorded;
      enter({ phase: 'empty', refusal: refusalBeforeAsking() });
      await forgetRecording(person, startedMs).catch(notKept);
      await takeUp();
    },
    close: () => {
      isClosed = true;
      stop();
    },
  };
};

const toEnd = (recorded: Recorded | null): RecorderState =>
  recorded === null ? { phase: 'empty', refusal: 'busy' } : { phase: 'recorded', recorded };
