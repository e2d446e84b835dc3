import { type LiveEvent, liveEventSchema } from '#schemas/live-event.ts';

const WAIT_MS = 60_000;

/** One event as it came over the line. */
export interface HeardEvent {
  readonly id: string;
  readonly event: LiveEvent;
}

/** A screen that listens to a server's events. */
export interface LiveClient {
  /** The next event that fits and has not been taken; fails after `WAIT_MS` or at the stream's end. */
  next(fits: (event: LiveEvent) => boolean): Promise<HeardEvent>;
  /** Resolves when the stream has ended; a stream that breaks off has, too. */
  readonly ended: Promise<void>;
  leave(): void;
}

/** Server-sent events of the text so far, and what is left of it. */
const splitEvents = (text: string): { heard: HeardEvent[]; rest: string } => {
  const parts = text.split('\n\n');
  const rest = parts.pop() ?? '';
  const heard = parts.flatMap((part) => {
    const fields = new Map(
      part.split('\n').map((line) => line.split(/: (.*)/s) as [string, string]),
    );
    const data = fields.get('data');
    if (data === undefined) return [];
    return [{ id: fields.get('id') ?? '', event: liveEventSchema.parse(JSON.parse(data)) }];
  });
  return { heard, rest };
};

/** Opens the stream of events; throws the answer's status when it is refused. */
export const openLiveClient = async (
  url: string,
  token: string | undefined,
  lastId?: string,
): Promise<LiveClient> => {
  const leaving = new AbortController();
  const response = await fetch(`${url}/api/events`, {
    signal: leaving.signal,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(lastId !== undefined && { 'last-event-id': lastId }),
    },
  });
  if (response.status !== 200 || response.body === null) throw new Error(`${response.status}`);
  const unread: HeardEvent[] = [];
  let look = (): void => undefined;
  let isOver = false;
  const read = async (body: ReadableStream<Uint8Array>): Promise<void> => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of body) {
      const { heard, rest } = splitEvents(text + decoder.decode(chunk, { stream: true }));
      text = rest;
      unread.push(...heard);
      look();
    }
  };
  const ended = read(response.body)
    .catch(() => undefined)
    .then(() => {
      isOver = true;
      look();
    });
  const next: LiveClient['next'] = (fits) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no such event came')), WAIT_MS);
      look = () => {
        const at = unread.findIndex(({ event }) => fits(event));
        const found = unread[at];
        if (found === undefined && !isOver) return;
        clearTimeout(timer);
        look = () => undefined;
        if (found === undefined) return reject(new Error('the stream has ended'));
        unread.splice(0, at + 1);
        resolve(found);
      };
      look();
    });
  return { next, ended, leave: () => leaving.abort() };
};
