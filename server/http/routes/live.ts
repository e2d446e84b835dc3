import { Hono } from 'hono';
import type { ServerPorts } from '../../ports/server-ports.ts';
import type { AppEnv } from '../app-env.ts';
import { openLiveStream } from '../live-stream.ts';
import { RequestRefused } from '../problem-response.ts';
import { signedIn } from '../who.ts';

/** When to try again if too many listen. */
const RETRY_AFTER_S = 10;
/** How often it is looked whether who listens is still signed in. */
const SESSION_CHECK_MS = 30_000;

type Ports = Pick<ServerPorts, 'accounts' | 'clock' | 'live'>;

/** Calls `end` when the session that the headers belong to has ended. Gives back how to stop looking. */
const watchSession = ({ accounts, clock }: Ports, headers: Headers, end: () => void) => {
  let isOver = false;
  let timer = clock.at(clock.positionMs() + SESSION_CHECK_MS, () => void check());
  const check = async (): Promise<void> => {
    const user = await accounts.userOf(headers).catch(() => undefined);
    if (isOver) return;
    if (user === undefined || user.passwordChangeRequired) return end();
    timer = clock.at(clock.positionMs() + SESSION_CHECK_MS, () => void check());
  };
  return () => {
    isOver = true;
    timer.cancel();
  };
};

/** What happens at the server as server-sent events, in the form of `schemas/live-event.ts`. */
export const createLiveRoutes = (ports: Ports) =>
  new Hono<AppEnv>().get('/events', signedIn(ports), (context) => {
    const headers = new Headers(context.req.raw.headers);
    let stopWatching = (): void => undefined;
    const stream = openLiveStream({
      live: ports.live,
      lastId: headers.get('last-event-id') ?? undefined,
      cutOff: () => context.env?.outgoing?.destroy(),
      onEnd: () => stopWatching(),
    });
    if (stream === undefined) {
      throw new RequestRefused({ code: 'tooManyTries', retryAfterS: RETRY_AFTER_S });
    }
    stopWatching = watchSession(ports, headers, stream.end);
    return context.body(stream.body, 200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
  });
