import type { AddressInfo, Server } from 'node:net';
import type { Clock } from '#runtime/clock.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { Door } from './doors.ts';

/** How long requests under way may go on when the server stops. */
const FAREWELL_MS = 3000;

export interface HttpAddress {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The names of the settings that are to blame when listening fails. */
  readonly portSetting: string;
  readonly hostSetting: string;
}

/** The HTTP server as it listens. */
export interface Listening {
  readonly port: number;
  /** Takes no new request, lets those under way end, and cuts them off after a moment. */
  close(): Promise<void>;
}

type ListenProblem = ProblemOf<'portTaken' | 'configurationInvalid'>;

/** Listens for requests. Errors: portTaken, configurationInvalid (the address is not to be had). */
export const listen = async (
  door: Door,
  address: HttpAddress,
  clock: Clock,
): Promise<Result<Listening, ListenProblem>> => {
  const { server } = door;
  const error = await bound(server, address);
  if (error !== undefined) return refuse(errorToProblem(error, address));
  const { port } = server.address() as AddressInfo;
  return ok({ port, close: () => close(door, clock) });
};

const bound = (server: Server, { host, port }: HttpAddress): Promise<Error | undefined> =>
  new Promise((resolve) => {
    server.once('error', resolve);
    server.listen(port, host, () => {
      server.off('error', resolve);
      resolve(undefined);
    });
  });

const errorToProblem = (error: Error, address: HttpAddress): ListenProblem => {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') {
    return { code: 'portTaken', port: address.port, setting: address.portSetting };
  }
  const setting = code === 'EACCES' ? address.portSetting : address.hostSetting;
  return { code: 'configurationInvalid', issues: [{ setting, issue: code || error.message }] };
};

const close = async (door: Door, clock: Clock): Promise<void> => {
  const cutOff = clock.at(clock.positionMs() + FAREWELL_MS, () => door.closeAllConnections());
  await new Promise<void>((resolve) => {
    door.server.close(() => resolve());
    door.closeIdleConnections();
  });
  cutOff.cancel();
};
