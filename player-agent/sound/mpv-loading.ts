import { resolve } from 'node:path';
import * as z from 'zod';
import type { Clock } from '#runtime/clock.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { PlaybackRequest } from '../ports/player.ts';
import type { MpvEvent, MpvIpc } from './mpv-ipc.ts';
import { softVolume } from './soft-start.ts';

/** The first item must be open, and the output with it, within this. */
const READY_TIMEOUT_MS = 5_000;

type Failure = ProblemOf<'audioToolFailed'>;
type Loaded = Result<null, Failure>;

/** Hands mpv's events to `listener`; the answer takes it away again. */
export type Subscribe = (listener: (event: MpvEvent) => void) => () => void;

/** What is asked of mpv, one command after the other, until one is refused. */
const commandsOf = ({ items, volume, skipMs, softStartMs = 0 }: PlaybackRequest) => {
  const files = items.map((item, index) => {
    const options = index === 0 && skipMs > 0 ? `start=${(skipMs / 1000).toFixed(3)}` : '';
    return [{ name: 'loadfile', url: resolve(item.path), flags: 'append-play', options }] as const;
  });
  return [
    ['stop'],
    ['set_property', 'pause', true],
    ['set_property', 'volume', softVolume(volume, 0, softStartMs)],
    ...files,
  ] as const;
};

/** Below every number of an entry. */
const NONE = -1;

const loadedSchema = z.object({ playlist_entry_id: z.int() });

/** Waits for the first item of a list. */
interface FirstReady {
  readonly promise: Promise<Loaded>;
  /** mpv has taken the list; its answer names the first entry. */
  taken(answer: unknown): void;
  cancel(): void;
}

/**
 * The first `playback-restart` after a file was begun says that the output waits; an `end-file` before
 * it, that it never will. What is still said of a list that was given up before is passed over: its
 * entries have lower numbers.
 */
const firstReady = (
  signal: AbortSignal | undefined,
  { clock, subscribe }: LoadingParts,
): FirstReady => {
  const { promise, resolve: settle } = Promise.withResolvers<Loaded>();
  const fail = (detail: string) => settle(refuse({ code: 'audioToolFailed', detail }));
  const timer = clock.at(clock.positionMs() + READY_TIMEOUT_MS, () => fail('notReady'));
  const abort = () => fail('aborted');
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  let firstId: number | null = null;
  let begunId = NONE;
  let readyId = NONE;
  let failure = { id: NONE, detail: '' };
  const judge = () => {
    if (firstId === null) return;
    if (failure.id >= firstId) fail(failure.detail);
    if (readyId >= firstId) settle(ok(null));
  };
  const hear = ({ event, reason, error, entryId }: MpvEvent) => {
    const id = entryId ?? Number.MAX_SAFE_INTEGER;
    if (event === 'exited') fail(event);
    if (event === 'start-file') begunId = id;
    if (event === 'playback-restart') readyId = begunId;
    if (event === 'end-file' && reason === 'error') failure = { id, detail: error ?? reason };
    judge();
  };
  const unsubscribe = subscribe(hear);
  return {
    promise,
    taken: (answer) => {
      firstId ??= loadedSchema.safeParse(answer).data?.playlist_entry_id ?? 0;
      judge();
    },
    cancel: () => {
      timer.cancel();
      signal?.removeEventListener('abort', abort);
      unsubscribe();
    },
  };
};

interface LoadingParts {
  readonly clock: Clock;
  readonly subscribe: Subscribe;
}

/** Loads the list paused, with volume and offset; resolves when its first sample can be let out. */
export const loadPaused = async (
  ipc: MpvIpc,
  request: PlaybackRequest,
  parts: LoadingParts,
): Promise<Loaded> => {
  const ready = firstReady(request.signal, parts);
  try {
    for (const command of commandsOf(request)) {
      if (request.signal?.aborted) break;
      const answer = await ipc.command(...command);
      if (!answer.ok) return answer;
      if (typeof command[0] === 'object') ready.taken(answer.value);
    }
    return await ready.promise;
  } finally {
    ready.cancel();
  }
};
