import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type EnrolmentGrant, enrolmentGrantSchema } from '#schemas/enrolment.ts';
import { type CliRun, runCli } from '#tests/support/run-cli.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { openTwoMachines, type TwoMachines } from '#tests/support/village-network.ts';
import { interrupt, spawnUp } from './start-up.ts';

/** The address of the machine with the server. */
export const SERVER = '10.93.50.1';
const OTHER = '10.93.50.2';

const PASSWORD = 'mật khẩu quản trị';
const script = `const show = (...words) => document.body.append(...words);
show("secure:", isSecureContext, " mic:", "mediaDevices" in navigator);
const headers = { "content-type": "application/json" };
const body = JSON.stringify({ username: "admin", password: "${PASSWORD}" });
await fetch("/api/sign-in", { method: "POST", headers, body });
show(" signed in:", (await fetch("/api/me")).ok);`;

/** `tieng-lang up --lan` on one machine, a second machine beside it, and what is known of both. */
export interface LanScene {
  readonly machines: TwoMachines;
  readonly place: ServerPlace;
  readonly running: ReturnType<typeof spawnUp>;
  /** As it was printed. */
  readonly url: string;
  readonly port: string;
  readonly fingerprint: string;
  /** The file of the site's authority. */
  readonly ca: string;
  /** Where the speaker of the second machine keeps its things. */
  readonly agentFolder: string;
  /** A code for a new speaker. */
  readonly code: string;
  /** Runs `tieng-lang WORDS` on the machine with the server, signed in as administrator. */
  manage(...words: string[]): Promise<string>;
  /** Runs `tieng-lang enrol` on the second machine. */
  enrol(...more: string[]): Promise<CliRun>;
  /** The grant in an agent's folder. */
  grantIn(folder: string): Promise<EnrolmentGrant>;
  end(): Promise<void>;
}

/** A console that says what the browser allows it. */
const writeConsole = async (folder: string): Promise<string> => {
  const dist = join(folder, 'dist');
  await mkdir(join(dist, 'assets'), { recursive: true });
  await writeFile(join(dist, 'assets', 'a.js'), script);
  const page = '<!doctype html><body><script type="module" src="/assets/a.js"></script>';
  await writeFile(join(dist, 'index.html'), page);
  return dist;
};

const codeSchema = z.object({ enrolment: z.object({ code: z.string() }) });
const unitsSchema = z.array(z.object({ id: z.string() }));

/** Starts everything; a speaker of the server's own machine is connected already. */
export const setLanScene = async (): Promise<LanScene> => {
  const machines = openTwoMachines();
  machines.one.address('add', SERVER);
  machines.other.address('add', OTHER);
  const place = await createServerPlace();
  const console = await writeConsole(place.folder);
  const environment = { ...place.environment(), TIENG_LANG_CONSOLE_FOLDER: console };
  const options = { words: ['--lan'], before: machines.one.words };
  const running = spawnUp(place.folder, environment, options);
  const end = async () => {
    await interrupt(running.up);
    machines.remove();
    await place.remove();
  };
  await running.until(/speaker is connected/);
  const said = running.said.join('\n');
  const url = /runs at (\S+)/.exec(said)?.[1] ?? '';
  const { port } = new URL(url);
  const oneTimePassword = /one-time password (\S+)/.exec(said)?.[1] ?? '';
  const agentFolder = join(place.folder, 'second-agent');
  const session = {
    TIENG_LANG_SESSION: join(place.folder, 'session.json'),
    TIENG_LANG_PASSWORD: oneTimePassword,
    TIENG_LANG_NEW_PASSWORD: PASSWORD,
  };
  const manage = async (...words: string[]): Promise<string> => {
    const ran = await runCli(words, { before: machines.one.words, environment: session });
    if (ran.status !== 0) throw new Error(ran.errors);
    return ran.output;
  };
  await manage('sign-in', '--user', 'admin', '--server', `http://127.0.0.1:${port}`);
  await manage('password');
  const [unit] = unitsSchema.parse(JSON.parse(await manage('units')));
  const added = await manage('add-speaker', 'Cụm loa thôn', '--unit', unit?.id ?? '');
  const { code } = codeSchema.parse(JSON.parse(added)).enrolment;
  return {
    machines,
    place,
    running,
    url,
    port,
    fingerprint: /fingerprint: ([0-9A-F:]{95})/.exec(said)?.[1] ?? '',
    ca: join(place.dataFolder, 'site-ca.crt'),
    agentFolder,
    code,
    manage,
    enrol: (...more) =>
      runCli(['enrol', '--server', url, '--code', code, ...more], {
        before: machines.other.words,
        environment: { TIENG_LANG_AGENT_FOLDER: agentFolder },
      }),
    grantIn: async (folder) => {
      const text = await readFile(join(folder, 'identity', 'grant.json'), 'utf8');
      return enrolmentGrantSchema.parse(JSON.parse(text));
    },
    end,
  };
};
