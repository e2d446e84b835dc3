import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { bulletinSchema } from '#schemas/entities/bulletin.ts';
import type { RunningServer } from '#server/main.ts';
import { callAs, firstAdministrator } from '#tests/support/api-caller.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { canMount, smallDisk } from '#tests/support/small-disk.ts';
import type { SmallText } from '#tests/support/small-pack.ts';

const newPlace = async (texts: readonly SmallText[] = []): Promise<ServerPlace> => {
  const place = await createServerPlace(texts);
  onTestFinished(() => place.remove());
  return place;
};

const listenOn = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

const takenPort = async (): Promise<number> => {
  const server = await listenOn(0);
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
};

const refusals: {
  why: string;
  code: string;
  spoil: (place: ServerPlace) => Promise<Record<string, string>>;
}[] = [
  {
    why: 'the HTTP port is taken',
    code: 'portTaken',
    spoil: async () => ({ HTTP_PORT: `${await takenPort()}` }),
  },
  {
    why: 'the MQTT port is taken',
    code: 'portTaken',
    spoil: async () => ({ MQTT_PORT: `${await takenPort()}` }),
  },
  {
    why: 'the address is not this machine’s',
    code: 'configurationInvalid',
    spoil: async () => ({ HTTP_HOST: '192.0.2.1' }),
  },
  {
    why: 'the database is another program’s',
    code: 'databaseForeign',
    spoil: async ({ dataFolder }) => {
      await mkdir(dataFolder);
      const other = new Sqlite(join(dataFolder, 'tieng-lang.sqlite'));
      other.exec('CREATE TABLE sổ (số INTEGER)');
      other.close();
      return {};
    },
  },
  {
    why: 'the site’s key is no key',
    code: 'keyUnreadable',
    spoil: async ({ dataFolder }) => {
      await mkdir(dataFolder);
      await writeFile(join(dataFolder, 'site-key.pem'), 'khóa cửa');
      return {};
    },
  },
  {
    why: 'a file stands where the data folder should be',
    code: 'folderNotWritable',
    spoil: async ({ dataFolder }) => {
      await writeFile(dataFolder, '');
      return {};
    },
  },
  {
    why: 'the starter pack is broken',
    code: 'packInvalid',
    spoil: async ({ folder }) => {
      await writeFile(join(folder, 'pack', 'pack.json'), '{"v":1');
      return {};
    },
  },
  {
    why: 'the configuration file is not there',
    code: 'fileUnreadable',
    spoil: async () => ({ CONFIG: 'nowhere.json' }),
  },
  {
    why: 'the configuration file is no JSON',
    code: 'configurationInvalid',
    spoil: async ({ folder }) => {
      await writeFile(join(folder, 'config.json'), 'httpPort = 1');
      return { CONFIG: 'config.json' };
    },
  },
];

test.each(refusals)('a start is refused when $why, and leaves no port open', async (refusal) => {
  const place = await newPlace();
  const free = await listenOn(0);
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  const settings = { MQTT_PORT: `${port}`, ...(await refusal.spoil(place)) };
  const started = await place.start({ settings });
  expect(started).toMatchObject({ ok: false, problem: { code: refusal.code } });
  const again = await listenOn(port);
  again.close();
});

test('a server whose clock was never set does not start, and makes nothing', async () => {
  const place = await newPlace();
  const refused = await place.start({ given: { clock: createFakeClock(0) } });
  const problem = { code: 'clockImplausible', now: '1970-01-01T00:00:00.000+00:00' };
  expect(refused).toEqual({ ok: false, problem });
  expect(await readdir(place.folder)).not.toContain('data');
});

test('a second server in the same folder is refused before it touches anything of the first', async () => {
  const place = await newPlace();
  const first = await place.run();
  const unfinished = join(place.dataFolder, 'work', 'upload');
  await writeFile(unfinished, 'half');
  const second = await place.start();
  expect(second).toMatchObject({ ok: false, problem: { code: 'alreadyRunning' } });
  expect(await readFile(unfinished, 'utf8')).toBe('half');
  await first.stop();
  const third = await place.run();
  await third.stop();
});

test.runIf(canMount())(
  'a start on a full disk says so, and goes well once there is room',
  async () => {
    const place = await newPlace();
    const disk = await smallDisk(4096);
    const settings = { DATA_FOLDER: join(disk, 'data') };
    await writeFile(join(disk, 'filler'), Buffer.alloc(4_100_000));
    const refused = await place.start({ settings });
    expect(refused).toMatchObject({ ok: false, problem: { code: 'diskFull' } });
    await rm(join(disk, 'filler'));
    const server = await place.run({ settings });
    await server.stop();
  },
);

test.runIf(canMount())('an upload that fills the disk is refused and leaves nothing', async () => {
  const place = await newPlace();
  const disk = await smallDisk(8192);
  const server = await place.run({ settings: { DATA_FOLDER: join(disk, 'data') } });
  const caller = await firstAdministrator(server);
  const bytes = new Uint8Array(12_000_000);
  const refused = await caller.call('POST', '/api/bulletins/audio?title=x', { bytes });
  expect(refused).toMatchObject({ status: 507, body: { code: 'diskFull' } });
  expect(await readdir(join(disk, 'data', 'work'))).toEqual([]);
  expect(await caller.get('/api/bulletins')).toEqual([]);
  const later = { number: '13/KH', issuer: 'UBND xã', day: '2025-01-08', abstract: 'Sau đó' };
  expect(await caller.post('/api/directives', later)).toMatchObject(later);
  await server.stop();
});

test('secrets are for their owner alone, and different in every place', async () => {
  const [one, other] = [await newPlace(), await newPlace()];
  const secrets: string[] = [];
  for (const place of [one, other]) {
    const server = await place.run();
    await server.stop();
    for (const name of ['site-key.pem', 'sign-in-secret']) {
      const path = join(place.dataFolder, name);
      expect((await stat(path)).mode & 0o777, name).toBe(0o600);
      secrets.push(await readFile(path, 'utf8'));
    }
    expect((await stat(place.dataFolder)).mode & 0o777).toBe(0o700);
    secrets.push(server.firstSignIn?.oneTimePassword ?? '');
  }
  expect(new Set(secrets).size).toBe(6);
});

test('in a folder that others may enter, the database is for its owner alone', async () => {
  const place = await newPlace();
  await mkdir(place.dataFolder, { mode: 0o755 });
  const server = await place.run();
  for (const suffix of ['', '-wal', '-shm']) {
    const { mode } = await stat(join(place.dataFolder, `tieng-lang.sqlite${suffix}`));
    expect(mode & 0o777, suffix).toBe(0o600);
  }
  await server.stop();
});

test('a second start finds the same site, units, rules and key, and sweeps what was under way', async () => {
  const place = await newPlace();
  const everything = async (server: RunningServer, token?: string) => {
    const caller = token ? callAs(server.url, token) : await firstAdministrator(server);
    const paths = ['site', 'units', 'speakers', 'directives', 'campaigns', 'rules', 'caps'];
    const bodies: unknown[] = [];
    for (const path of paths) bodies.push(await caller.get(`/api/${path}`));
    return { token: caller.token ?? '', bodies };
  };
  const first = await place.run();
  const before = await everything(first);
  await first.stop();
  const key = await readFile(join(place.dataFolder, 'site-key.pem'), 'utf8');
  const work = join(place.dataFolder, 'work');
  await mkdir(join(work, 'upload-of-a-killed-server'));
  const second = await place.run();
  expect((await everything(second, before.token)).bodies).toEqual(before.bodies);
  await second.stop();
  expect(await readFile(join(place.dataFolder, 'site-key.pem'), 'utf8')).toBe(key);
  expect(await readdir(work)).toEqual([]);
});

test('two servers live side by side in one process', async () => {
  const servers = await Promise.all([(await newPlace()).run(), (await newPlace()).run()]);
  for (const server of servers) {
    expect(await callAs(server.url).get('/health')).toEqual({ ok: true });
  }
  const [one, other] = servers;
  await one?.stop();
  await expect(callAs(one?.url ?? '').get('/health')).rejects.toThrow();
  expect(await callAs(other?.url ?? '').get('/health')).toEqual({ ok: true });
  await other?.stop();
});

const texts: SmallText[] = [
  { key: 'thu-loa', trial: true, script: ['Đây là buổi phát thử.'] },
  { key: 'chao', trial: false, script: ['Kính chào bà con.', 'Chúc bà con một ngày tốt lành.'] },
];

test('the starter’s texts are spoken and released once, also over several starts', async () => {
  const place = await newPlace(texts);
  const first = await place.run();
  const caller = await firstAdministrator(first);
  await first.stop();
  const second = await place.run();
  const back = callAs(second.url, caller.token);
  const bulletins = async () => z.array(bulletinSchema).parse(await back.get('/api/bulletins'));
  await expect.poll(async () => (await bulletins()).length).toBe(2);
  const made = await bulletins();
  expect(made.map(({ title, state, trial }) => ({ title, state, trial }))).toEqual([
    { title: 'thu-loa', state: 'released', trial: true },
    { title: 'chao', state: 'released', trial: false },
  ]);
  await second.stop();
  const third = await place.run();
  expect(await callAs(third.url, caller.token).get('/api/bulletins')).toEqual(made);
  await third.stop();
});
