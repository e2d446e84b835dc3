import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { problemToSentence } from '#schemas/messages/sentence.ts';
import { type Problem, problemFacts } from '#schemas/problem.ts';
import { runProgram } from '#tests/support/program.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { canMount, smallDisk } from '#tests/support/small-disk.ts';

const REFUSED_STATUS = 2;
/** A terminal whose language nobody has set gets both. */
const BOTH_LANGUAGES = { TIENG_LANG_LANGUAGE: '', LC_ALL: '', LC_MESSAGES: '', LANG: '' };

interface Obstacle {
  /** What the server is told besides, to run into it. */
  readonly settings: Readonly<Record<string, string>>;
  readonly problem: Partial<Problem>;
  /** Whether all is as it was, after the refusal. */
  readonly untouched: () => Promise<void>;
}

const takenPort = async (): Promise<number> => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
};

/** A refused start leaves a folder in which the next start succeeds. */
const startsAfterwards = (place: ServerPlace) => async () => {
  const server = await place.run();
  expect(server.firstSignIn).toBeDefined();
  await server.stop();
};

const foreignDatabase = async (place: ServerPlace): Promise<Obstacle> => {
  await mkdir(place.dataFolder, { recursive: true });
  const path = join(place.dataFolder, 'tieng-lang.sqlite');
  const database = new Database(path);
  database.exec('CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES (1)');
  database.close();
  const before = await readFile(path);
  const untouched = async () => {
    expect((await readFile(path)).equals(before)).toBe(true);
    expect((await readdir(place.dataFolder)).filter((name) => /sqlite-|pem/.test(name))).toEqual(
      [],
    );
  };
  return { settings: {}, problem: { code: 'databaseForeign', path }, untouched };
};

const notADatabase = async (place: ServerPlace): Promise<Obstacle> => {
  await mkdir(place.dataFolder, { recursive: true });
  const path = join(place.dataFolder, 'tieng-lang.sqlite');
  const bytes = Buffer.from('Biên bản họp thôn. '.repeat(500));
  await writeFile(path, bytes);
  const untouched = async () => expect((await readFile(path)).equals(bytes)).toBe(true);
  return { settings: {}, problem: { code: 'databaseForeign', path }, untouched };
};

const httpPortTaken = async (place: ServerPlace): Promise<Obstacle> => {
  const port = await takenPort();
  const setting = 'TIENG_LANG_HTTP_PORT';
  const problem = { code: 'portTaken', port, setting } as const;
  return { settings: { HTTP_PORT: `${port}` }, problem, untouched: startsAfterwards(place) };
};

const mqttPortTaken = async (place: ServerPlace): Promise<Obstacle> => {
  const port = await takenPort();
  const setting = 'TIENG_LANG_MQTT_PORT';
  const problem = { code: 'portTaken', port, setting } as const;
  return { settings: { MQTT_PORT: `${port}` }, problem, untouched: startsAfterwards(place) };
};

const everythingWrong = async (place: ServerPlace): Promise<Obstacle> => {
  const settings = { HTTP_PORT: 'tám nghìn', FOUR_EYES: 'maybe', STARTER_ZONE: 'Asia/Ha_Noi_2' };
  const untouched = async () => {
    expect(await readdir(place.folder)).not.toContain('data');
  };
  return { settings, problem: { code: 'configurationInvalid' }, untouched };
};

const refusedStart = async (place: ServerPlace, { settings, problem, untouched }: Obstacle) => {
  const environment = { ...place.environment(settings), ...BOTH_LANGUAGES };
  const { status, said } = await runProgram(['server'], environment);
  expect(status).toBe(REFUSED_STATUS);
  const lines = said.trimEnd().split('\n');
  const told: unknown = JSON.parse(lines.at(-1) ?? '');
  expect(told).toMatchObject(problem);
  const { code } = problem;
  if (code === undefined) throw new Error('a problem has a code');
  // Whatever was told must be the facts of that very code.
  const whole = { code, ...problemFacts[code].parse(told) } as Problem;
  expect(said).toContain(problemToSentence(whole, 'vi'));
  expect(said).toContain(problemToSentence(whole, 'en'));
  await untouched();
};

test.each([
  { why: 'the database is another program’s', make: foreignDatabase },
  { why: 'the database file is no database', make: notADatabase },
  { why: 'the HTTP port is taken', make: httpPortTaken },
  { why: 'the port of the broker is taken', make: mqttPortTaken },
  { why: 'the settings are wrong, all told at once', make: everythingWrong },
])(
  'a server does not start, says why in both languages and changes nothing: $why',
  async ({ make }) => {
    const place = await createServerPlace();
    onTestFinished(place.remove);
    await refusedStart(place, await make(place));
  },
);

test.runIf(canMount())(
  'a server whose disk is full says so in both languages and does not start',
  async () => {
    const place = await createServerPlace();
    onTestFinished(place.remove);
    const folder = join(await smallDisk(64), 'data');
    const untouched = startsAfterwards(place);
    const problem = { code: 'diskFull' } as const;
    await refusedStart(place, { settings: { DATA_FOLDER: folder }, problem, untouched });
  },
);
