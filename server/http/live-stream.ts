import type { LiveFeed, LiveMessage } from '../ports/live-feed.ts';

/** Messages that one client may leave unread: all that the feed remembers, with room. */
const MAX_UNREAD_MESSAGES = 1024;

const encoder = new TextEncoder();

/** Source: HTML Standard, server-sent events. JSON holds no line break. */
const messageToBytes = ({ id, event }: LiveMessage): Uint8Array =>
  encoder.encode(`id: ${id}\ndata: ${JSON.stringify(event)}\n\n`);

/** How soon a browser comes back after its stream has ended, in milliseconds. */
const RETRY_MS = 500;

/** The stream of a client, and how to end it. */
export interface LiveStream {
  readonly body: ReadableStream<Uint8Array>;
  end(): void;
}

/** What a stream is for, and what it calls. */
export interface LiveStreamOptions {
  readonly live: LiveFeed;
  /** The last message that the client has heard. */
  readonly lastId: string | undefined;
  /** Cuts the connection to a client that does not read. */
  readonly cutOff: () => void;
  /** Called once, however the stream ends. */
  readonly onEnd: () => void;
}

/**
 * The feed as server-sent events, from after `lastId` on. What a client does not read waits here, up
 * to `MAX_UNREAD_MESSAGES`; then the client is cut off. Undefined when the feed takes nobody more.
 */
export const openLiveStream = (options: LiveStreamOptions): LiveStream | undefined => {
  let stop: (() => void) | undefined;
  let isOver = false;
  const finish = (): void => {
    if (isOver) return;
    isOver = true;
    stop?.();
    options.onEnd();
  };
  let end = (): void => undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        end = () => {
          if (isOver) return;
          finish();
          controller.close();
        };
        controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`));
        const take = (message: LiveMessage): boolean => {
          if (isOver) return false;
          if ((controller.desiredSize ?? 0) > 0) {
            controller.enqueue(messageToBytes(message));
            return true;
          }
          end();
          options.cutOff();
          return false;
        };
        stop = options.live.listen({ take, end }, options.lastId);
      },
      cancel: finish,
    },
    new CountQueuingStrategy({ highWaterMark: MAX_UNREAD_MESSAGES }),
  );
  return stop === undefined ? undefined : { body, end };
};
