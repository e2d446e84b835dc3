import type { Clock } from '#runtime/clock.ts';
import { type ListenAddress, type ListenProblem, listenAt } from '#runtime/listen-at.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { Door } from './doors.ts';

/** How long requests under way may go on when the server stops. */
const FAREWELL_MS = 3000;

/** The HTTP server as it listens. */
export interface Listening {
  readonly port: number;
  /** Takes no new request, lets those under way end, and cuts them off after a moment. */
  close(): Promise<void>;
}

/** Listens for requests. Errors: portTaken, configurationInvalid (the address is not to be had). */
export const listen = async (
  door: Door,
  address: ListenAddress,
  clock: Clock,
): Promise<Result<Listening, ListenProblem>> => {
  const port = await listenAt(door.server, address);
  return port.ok ? ok({ port: port.value, close: () => close(door, clock) }) : port;
};

const close = async (door: Door, clock: Clock): Promise<void> => {
  const cutOff = clock.at(clock.positionMs() + FAREWELL_MS, () => door.closeAllConnections());
  await new Promise<void>((resolve) => {
    door.server.close(() => resolve());
    door.closeIdleConnections();
  });
  cutOff.cancel();
};
