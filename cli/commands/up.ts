import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { printLine, reportProblem } from '../outcome.ts';
import { text } from '../text.ts';
import { type ChildProgram, startChild, whenAskedToStop } from '../up/child.ts';
import { createNarrator } from '../up/narrator.ts';
import { sayTrust } from '../up/say-trust.ts';
import { type ServerFacts, serverFactsSchema } from '../up/server-facts.ts';
import { showLastBroadcast } from '../up/show-last-broadcast.ts';

/** The exit status when a program ended that should have gone on. */
const FAULT_STATUS = 1;
const logFolder = resolve('.var', 'log');

/** Says that the folder of the logs cannot be written; what runs goes on. */
const onLogLost = (): void => reportProblem({ code: 'folderNotWritable', path: logFolder });

const makeLogFolder = async (): Promise<boolean> => {
  try {
    await mkdir(logFolder, { recursive: true });
    return true;
  } catch {
    onLogLost();
    return false;
  }
};

/** Whether the end was asked for. */
interface Ending {
  readonly asked: Promise<void>;
  isAsked(): boolean;
}

const listenForEnd = (): Ending => {
  let isAsked = false;
  const asked = new Promise<void>((done) => {
    whenAskedToStop(() => {
      isAsked = true;
      printLine(text('upStopping'));
      done();
    });
  });
  return { asked, isAsked: () => isAsked };
};

/** The program once it is up; undefined when it refused, which has then been said. */
const whenReady = async (
  program: ChildProgram,
  ending: Ending,
): Promise<Readonly<Record<string, unknown>> | undefined> => {
  const answer = await program.answer;
  if (answer?.kind === 'ready') return answer.facts;
  if (ending.isAsked()) return undefined;
  if (answer !== undefined) reportProblem(answer.problem);
  process.exitCode ||= FAULT_STATUS;
  return undefined;
};

interface UpWords {
  readonly lan?: boolean;
}

const startServer = (
  zone: { name: string },
  environment: Readonly<Record<string, string>>,
): ChildProgram =>
  startChild({
    name: 'server',
    words: ['server'],
    logFolder,
    onLogLost,
    environment,
    onEvent: (event) => {
      // A plan that changed nothing at the speaker is no news.
      if (event.facts.pointed !== 0) createNarrator('server', zone.name)(event);
    },
  });

/** The agent, and what is still being shown of its log. */
interface ShownAgent {
  readonly agent: ChildProgram;
  readonly shown: () => Promise<void>;
}

const startAgent = ({ hereUrl, zone, code }: ServerFacts): ShownAgent => {
  let shown = Promise.resolve();
  const narrate = createNarrator('agent', zone);
  const folder = { path: '', isTrialChecked: false };
  const agent = startChild({
    name: 'agent',
    words: ['agent'],
    logFolder,
    onLogLost,
    environment:
      code === undefined
        ? {}
        : {
            TIENG_LANG_AGENT_SERVER_URL: hereUrl,
            TIENG_LANG_AGENT_ENROL_CODE: code.code,
          },
    onEvent: (event) => {
      narrate(event);
      if (event.event === 'agentStarted') folder.path = String(event.facts.folder);
      const isTrial = event.facts.kind === 'ended' && event.facts.drill === true;
      if (isTrial && !folder.isTrialChecked) {
        folder.isTrialChecked = true;
        const path = folder.path;
        shown = showLastBroadcast(path).catch(() =>
          reportProblem({ code: 'fileUnreadable', path }),
        );
      }
    },
  });
  return { agent, shown: () => shown };
};

const welcome = ({ url, trust, firstSignIn }: ServerFacts): void => {
  printLine(text('upAddress', { url }));
  if (trust !== undefined) sayTrust(trust);
  if (firstSignIn !== undefined) printLine(text('firstSignIn', { ...firstSignIn }));
  printLine(text('upLogs', { folder: join(logFolder) }));
  printLine(text('upStop'));
};

/** Runs the agent beside the server until one of them ends or a signal asks for the end. */
const runBoth = async (server: ChildProgram, facts: ServerFacts, ending: Ending): Promise<void> => {
  const { agent, shown } = startAgent(facts);
  await whenReady(agent, ending);
  await Promise.race([ending.asked, server.ended, agent.ended]);
  if (!ending.isAsked()) {
    process.exitCode ||= FAULT_STATUS;
    printLine(text('upEndedAlone', { folder: logFolder }));
  }
  await agent.stop();
  await shown();
};

const up = async ({ lan }: UpWords): Promise<void> => {
  if (!(await makeLogFolder())) return;
  const ending = listenForEnd();
  printLine(text('upServerStarts'));
  const zone = { name: 'UTC' };
  const server = startServer(zone, lan ? { TIENG_LANG_LAN: 'true' } : {});
  const parsed = serverFactsSchema.safeParse(await whenReady(server, ending));
  if (parsed.success && !ending.isAsked()) {
    zone.name = parsed.data.zone;
    welcome(parsed.data);
    await runBoth(server, parsed.data, ending);
  }
  await server.stop();
  printLine(text('upStopped'));
};

/** `up`: server and one speaker on this machine, as two processes, until a signal ends them. */
export const addUpCommand = (program: Command): void => {
  program.command('up').description(text('up')).option('--lan', text('upLan')).action(up);
};
