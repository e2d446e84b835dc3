import type { Command } from 'commander';
import { printLine, reportProblem } from '../outcome.ts';
import { text } from '../text.ts';
import { tellParent, whenAskedToStop } from '../up/child.ts';
import { sayTrust } from '../up/say-trust.ts';

const refuseToStart = (problem: Parameters<typeof reportProblem>[0]): void => {
  if (process.connected) tellParent({ kind: 'refused', problem });
  else reportProblem(problem);
};

const runServer = async (): Promise<void> => {
  // From the first moment on: who asks during the start is heard when the start is done.
  const asked = new Promise<void>(whenAskedToStop);
  const { configureServer, startServer } = await import('#server/main.ts');
  const config = await configureServer(process.env, process.cwd());
  if (!config.ok) return refuseToStart(config.problem);
  const started = await startServer(config.value);
  if (!started.ok) return refuseToStart(started.problem);
  const { url, hereUrl, brokerUrl, zone, trust, firstSignIn, stop } = started.value;
  const code = process.connected ? await started.value.issueCodeForWaitingSpeaker() : undefined;
  if (process.connected) {
    tellParent({
      kind: 'ready',
      facts: { url, hereUrl, brokerUrl, zone, trust, firstSignIn, code },
    });
  } else {
    printLine(text('serverListens', { url, brokerUrl }));
    if (trust !== undefined) sayTrust(trust);
    if (firstSignIn !== undefined) printLine(text('firstSignIn', { ...firstSignIn }));
  }
  await asked;
  await stop();
  if (process.connected) process.disconnect?.();
};

/** `server`: the server of this machine, until a signal ends it. */
export const addServerCommand = (program: Command): void => {
  program.command('server').description(text('server')).action(runServer);
};
