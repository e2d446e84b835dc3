import type { Duplex } from 'node:stream';
import * as z from 'zod';
import type { Clock, Timer } from '#runtime/clock.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';

/** A line longer than this is no answer of mpv's; the connection is given up. */
const MAX_LINE_CHARS = 64 * 1024;
/** Commands that may wait for their answer at the same time. */
const MAX_PENDING = 32;
/** mpv is silent for up to 0.4 s while it drains the last item; beyond this it is not answering. */
const ANSWER_TIMEOUT_MS = 2_000;

const messageSchema = z.object({
  request_id: z.int().optional(),
  error: z.string().optional(),
  data: z.unknown().optional(),
  event: z.string().optional(),
  reason: z.string().optional(),
  file_error: z.string().optional(),
  playlist_entry_id: z.int().optional(),
});

/** Something that mpv told unasked, as `end-file` with its reason. */
export interface MpvEvent {
  readonly event: string;
  readonly reason: string | null;
  readonly error: string | null;
  /** Which entry of its list it is about, by mpv's count since its start. */
  readonly entryId: number | null;
}

type Answer = Result<unknown, ProblemOf<'audioToolFailed'>>;

type Word = string | number | boolean;

/** A command whose arguments have names: in a row mpv 0.38 takes others than mpv 0.37. */
export type NamedCommand = { readonly name: string } & Readonly<Record<string, Word>>;

/**
 * The connection to one mpv. `command` sends at once and answers in order; it is refused with mpv's
 * own word, `notAnswering` after 2 s, `closed` when mpv has gone, or `busy` when 32 are waiting.
 */
export interface MpvIpc {
  command(...words: readonly Word[] | readonly [NamedCommand]): Promise<Answer>;
  close(): void;
}

export interface MpvIpcOptions {
  readonly clock: Clock;
  readonly onEvent: (event: MpvEvent) => void;
  readonly onClose: () => void;
}

interface Waiting {
  readonly settle: (answer: Answer) => void;
  readonly timer: Timer;
}

const failed = (detail: string): Answer => refuse({ code: 'audioToolFailed', detail });

const parse = (line: string): z.infer<typeof messageSchema> | null => {
  try {
    return messageSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
};

/** Speaks mpv's JSON IPC over a connected stream. Source: mpv 0.35 manual, "JSON IPC". */
export const createMpvIpc = (stream: Duplex, options: MpvIpcOptions): MpvIpc => {
  const pending = new Map<number, Waiting>();
  let lastId = 0;
  let rest = '';
  let open = true;

  const settle = (id: number, answer: Answer) => {
    const waiting = pending.get(id);
    pending.delete(id);
    waiting?.timer.cancel();
    waiting?.settle(answer);
  };
  const close = () => {
    if (!open) return;
    open = false;
    stream.destroy();
    for (const id of pending.keys()) settle(id, failed('closed'));
    options.onClose();
  };
  const take = (line: string) => {
    const message = parse(line);
    if (message === null) return;
    const { event, error = '', reason = null } = message;
    const { file_error: fileError = null, playlist_entry_id: entryId = null } = message;
    if (event !== undefined) options.onEvent({ event, reason, error: fileError, entryId });
    else if (message.request_id !== undefined) {
      settle(message.request_id, error === 'success' ? ok(message.data) : failed(error));
    }
  };
  const read = (piece: string) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
    if (rest.length > MAX_LINE_CHARS) close();
  };

  stream.setEncoding('utf8');
  stream.on('data', read).on('end', close).on('error', close).on('close', close);
  return {
    command: (...words) => {
      if (!open) return Promise.resolve(failed('closed'));
      if (pending.size >= MAX_PENDING) return Promise.resolve(failed('busy'));
      lastId += 1;
      const id = lastId;
      const giveUp = () => settle(id, failed('notAnswering'));
      const command = typeof words[0] === 'object' ? words[0] : words;
      stream.write(`${JSON.stringify({ command, request_id: id })}\n`);
      const timer = options.clock.at(options.clock.positionMs() + ANSWER_TIMEOUT_MS, giveUp);
      return new Promise((resolve) => pending.set(id, { settle: resolve, timer }));
    },
    close,
  };
};
