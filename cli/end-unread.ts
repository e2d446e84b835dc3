/** What a shell says of a program that a closed pipe (signal 13) ended: 128 + 13. */
export const UNREAD_STATUS = 141;

/**
 * Ends the process quietly once nobody reads what it prints, as `judge … | head` does: who runs until
 * a signal is asked to stop in order, every other command ends at once with `UNREAD_STATUS`, or with
 * the status that it has already given itself.
 */
export const endWhenUnread = (): void => {
  const end = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
    process.exitCode ||= UNREAD_STATUS;
    if (process.listenerCount('SIGTERM') === 0) process.exit();
    process.kill(process.pid, 'SIGTERM');
  };
  for (const stream of [process.stdout, process.stderr]) stream.on('error', end);
};
