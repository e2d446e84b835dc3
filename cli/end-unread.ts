/** What a shell says of a program that a closed pipe (signal 13) ended: 128 + 13. */
export const UNREAD_STATUS = 141;

/**
 * Ends the process quietly once nobody reads what it prints, as `judge … | head` does: at once with
 * `UNREAD_STATUS`, or with the status that it has already given itself. Who runs until a signal, as server
 * and speaker do, goes on unheard: no pipe that breaks and no full disk behind it ends a broadcast.
 */
export const endWhenUnread = (): void => {
  const end = (error: NodeJS.ErrnoException): void => {
    if (process.listenerCount('SIGTERM') > 0) return;
    if (error.code !== 'EPIPE') throw error;
    process.exitCode ||= UNREAD_STATUS;
    process.exit();
  };
  for (const stream of [process.stdout, process.stderr]) stream.on('error', end);
};
