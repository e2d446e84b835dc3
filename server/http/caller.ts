import { isIP } from 'node:net';
import type { Context } from 'hono';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { AppEnv } from './app-env.ts';

type Asked = Pick<Context, 'req'> & { readonly env: AppEnv['Bindings'] | undefined };
type Ports = Pick<ServerPorts, 'isOurProxy'>;

/** Who holds the other end of the connection; `local` inside the process. */
const peerOf = ({ env }: Asked): string => env?.incoming?.socket.remoteAddress ?? 'local';

const listOf = ({ req }: Asked, header: string): string[] =>
  (req.header(header) ?? '').split(',').map((part) => part.trim());

/**
 * The address that a request came from. A reverse proxy of ours has written it at the end of
 * X-Forwarded-For, also through several; what anybody else writes there is not read.
 */
export const addressOf = (asked: Asked, { isOurProxy }: Ports): string => {
  const forwarded = listOf(asked, 'x-forwarded-for');
  let address = peerOf(asked);
  while (isOurProxy(address)) {
    const before = forwarded.pop() ?? '';
    if (isIP(before) === 0) break;
    address = before;
  }
  return address;
};

/** Whether a reverse proxy of ours says that the caller came to it in plain HTTP. */
export const isPlainAtProxy = (asked: Asked, { isOurProxy }: Ports): boolean =>
  isOurProxy(peerOf(asked)) && listOf(asked, 'x-forwarded-proto').at(-1) === 'http';
