import type { AddressInfo, Server } from 'node:net';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';

/** Where to listen, and the names of the settings that are to blame when that fails. */
export interface ListenAddress {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly hostSetting: string;
  readonly portSetting: string;
}

export type ListenProblem = ProblemOf<'portTaken' | 'configurationInvalid'>;

/**
 * Lets the server listen; gives back the port. Errors: portTaken, configurationInvalid (the address
 * is not this machine's, or the port is not for everybody).
 */
export const listenAt = async (
  server: Server,
  address: ListenAddress,
): Promise<Result<number, ListenProblem>> => {
  const error = await bound(server, address);
  if (error !== undefined) return refuse(errorToProblem(error, address));
  return ok((server.address() as AddressInfo).port);
};

const bound = (server: Server, { host, port }: ListenAddress): Promise<Error | undefined> =>
  new Promise((resolve) => {
    server.once('error', resolve);
    server.listen(port, host, () => {
      server.off('error', resolve);
      resolve(undefined);
    });
  });

const errorToProblem = (error: Error, address: ListenAddress): ListenProblem => {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') {
    return { code: 'portTaken', port: address.port, setting: address.portSetting };
  }
  const setting = code === 'EACCES' ? address.portSetting : address.hostSetting;
  return { code: 'configurationInvalid', issues: [{ setting, issue: code || error.message }] };
};
