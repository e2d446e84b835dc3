/** @type {NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Passes the signals that end us on to a child, until the returned function is called. A terminal
 * sends Ctrl-C to the child by itself; it is not sent twice.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void}
 */
export const passSignals = (child) => {
  const passOn = (/** @type {NodeJS.Signals} */ signal) => {
    if (signal !== 'SIGINT' || process.stdin.isTTY !== true) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, passOn);
  return () => {
    for (const signal of signals) process.off(signal, passOn);
  };
};
