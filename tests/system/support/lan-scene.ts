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
  /** As it was printed. */
  readonly url: string;
  readonly port: string;
  readonly fingerprint: string;
  /** The file of the site's authority. */
  readonly ca: string;
  /** Where the speaker of the second machine keeps its things. */
  readonly agentFolder: string;
  /** Runs `tieng-lang enrol` on the second machine, with a code for a new speaker. */
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

/** Both machines, and `up --lan` on the first. */
const startMachines = async () => {
  const machines = openTwoMachines();
  machines.one.address('add', SERVER);
  machines.other.address('add', OTHER);
  const place = await createServerPlace();
  const console = await writeConsole(place.folder);
  const environment = { ...place.environment(), TIENG_LANG_CONSOLE_FOLDER: console };
  const options = { words: ['--lan'], before: machines.one.words };
  const running = spawnUp(place.folder, environment, options);
  const end = async () => {
    if (running.up.exitCode === null) await interrupt(running.up);
    machines.remove();
    await place.remove();
  };
  return { machines, place, running, end };
};
type Started = Awaited<ReturnType<typeof startMachines>>;

/** What `up` has printed about the server. */
const readSaid = (said: string) => {
  const url = /runs at (\S+)/.exec(said)?.[1] ?? '';
  return {
    url,
    port: new URL(url).port,
    fingerprint: /fingerprint: ([0-9A-F:]{95})/.exec(said)?.[1] ?? '',
    oneTimePassword: /one-time password (\S+)/.exec(said)?.[1] ?? '',
  };
};

const codeForSpeaker = async (
  { machines, place }: Started,
  { port, oneTimePassword }: ReturnType<typeof readSaid>,
): Promise<string> => {
  const environment = {
    TIENG_LANG_SESSION: join(place.folder, 'session.json'),
    TIENG_LANG_PASSWORD: oneTimePassword,
    TIENG_LANG_NEW_PASSWORD: PASSWORD,
  };
  const manage = async (...words: string[]): Promise<string> => {
    const ran = await runCli(words, { before: machines.one.words, environment });
    if (ran.status !== 0) throw new Error(ran.errors);
    return ran.output;
  };
  await manage('sign-in', '--user', 'admin', '--server', `http://127.0.0.1:${port}`);
  await manage('password');
  const [unit] = unitsSchema.parse(JSON.parse(await manage('units')));
  const added = await manage('add-speaker', 'Cụm loa thôn', '--unit', unit?.id ?? '');
  return codeSchema.parse(JSON.parse(added)).enrolment.code;
};

const readGrant = async (folder: string): Promise<EnrolmentGrant> => {
  const text = await readFile(join(folder, 'identity', 'grant.json'), 'utf8');
  return enrolmentGrantSchema.parse(JSON.parse(text));
};

const enterScene = async (started: Started): Promise<LanScene> => {
  const { machines, place, running } = started;
  await running.until(/speaker is connected/);
  const said = readSaid(running.said.join('\n'));
  const code = await codeForSpeaker(started, said);
  const agentFolder = join(place.folder, 'second-agent');
  const enrolment = ['enrol', '--server', said.url, '--code', code];
  return {
    ...started,
    ...said,
    ca: join(place.dataFolder, 'site-ca.crt'),
    agentFolder,
    enrol: (...more) =>
      runCli([...enrolment, ...more], {
        before: machines.other.words,
        environment: { TIENG_LANG_AGENT_FOLDER: agentFolder },
      }),
    grantIn: readGrant,
  };
};

/** Starts everything; a speaker of the server's own machine is connected already. */
export const setLanScene = async (): Promise<LanScene> => {
  const started = await startMachines();
  return enterScene(started).catch(async (error: unknown) => {
    await started.end();
    throw error;
  });
};
