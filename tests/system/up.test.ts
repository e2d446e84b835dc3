import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { segmentName } from '#runtime/log-segments.ts';
import { envelopeSchema } from '#schemas/envelope.ts';
import { logRecordSchema } from '#schemas/records/log-record.ts';
import { freePort } from '../support/mosquitto.ts';
import { writeSmallPack } from '../support/small-pack.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { interrupt, pressCtrlC, startUp } from './support/start-up.ts';

/** What opens a page in a browser on the systems that we serve. */
const openers = ['xdg-open', 'sensible-browser', 'x-www-browser', 'www-browser', 'open', 'start'];

/** A PATH on which every opener leaves a mark instead of opening anything. */
const markOpeners = async (folder: string): Promise<{ path: string; mark: string }> => {
  const mark = join(folder, 'opened');
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const script = `#!/bin/sh\necho opened >> '${mark}'\n`;
  for (const name of openers) await writeFile(join(bin, name), script, { mode: 0o755 });
  return { path: `${bin}:${process.env.PATH ?? ''}`, mark };
};

describe('tieng-lang up', () => {
  test('the first start plays a drill at once, shows its record checked, and stops cleanly; a second start does not play it again', async () => {
    const folder = await temporaryFolder();
    const script = ['Đây là buổi phát thử.', 'Xin cảm ơn bà con.'];
    await writeSmallPack(join(folder, 'pack'), [{ key: 'phat-thu', trial: true, script }]);
    const environment = {
      TIENG_LANG_STARTER_QUIET_HOURS: 'none',
      TIENG_LANG_MQTT_PORT: String(await freePort()),
    };
    const first = startUp(folder, environment);
    await first.until(/runs at http:\/\/127\.0\.0\.1:\d+/);
    await first.until(/one-time password [0-9A-Z-]{19}/);
    await first.until(/no loudspeaker/);
    await first.until(/\(drill\) sounds/);
    await first.until(/every signature and the chain hold/);
    expect(first.said.some((line) => line.includes('"drill": true'))).toBe(true);
    expect(first.said.some((line) => line.includes('refused'))).toBe(false);
    expect(await interrupt(first.up)).toBe(0);

    const second = startUp(folder, environment);
    await second.until(/clock is trusted/);
    expect(await interrupt(second.up)).toBe(0);
    expect(second.said.some((line) => line.includes('drill'))).toBe(false);
  });

  test('a start opens no page by itself', async () => {
    const folder = await temporaryFolder();
    await writeSmallPack(join(folder, 'pack'));
    const { path, mark } = await markOpeners(folder);
    const { up, until } = startUp(folder, { PATH: path });
    await until(/speaker is connected/);
    expect(await interrupt(up)).toBe(0);
    expect(existsSync(mark)).toBe(false);
    execFileSync(openers[0] ?? '', ['http://127.0.0.1'], { env: { PATH: path } });
    expect(existsSync(mark)).toBe(true);
  });

  test('in quiet hours the trial waits and says until when', async () => {
    const folder = await temporaryFolder();
    const script = ['Đây là buổi phát thử.', 'Xin cảm ơn bà con.'];
    await writeSmallPack(join(folder, 'pack'), [{ key: 'phat-thu', trial: true, script }]);
    const { up, said, until } = startUp(folder, { TIENG_LANG_STARTER_QUIET_HOURS: '00:00-23:59' });
    expect(await until(/waits/)).toMatch(/23:59/);
    expect(await interrupt(up)).toBe(0);
    expect(said.some((line) => line.includes('sounds'))).toBe(false);
  });

  test('a port that is taken is said before anything is left behind', async () => {
    const folder = await temporaryFolder();
    await writeSmallPack(join(folder, 'pack'));
    const first = startUp(folder);
    const address = await first.until(/runs at/);
    const port = /:(\d+)$/.exec(address)?.[1] ?? '';
    const other = await temporaryFolder();
    await writeSmallPack(join(other, 'pack'));
    const second = startUp(other, { TIENG_LANG_HTTP_PORT: port });
    const [status] = await once(second.up, 'close');
    expect(status).toBe(2);
    expect(await interrupt(first.up)).toBe(0);
  });

  test('in a folder that cannot be written it says so in a sentence and starts nothing', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, '.var'), 'no folder');
    const { up, said, errors } = startUp(folder);
    const [status] = await once(up, 'close');
    expect(status).toBe(2);
    expect(said).toEqual([]);
    expect(errors().trim().split('\n')).toEqual([
      expect.stringContaining('cannot be written'),
      expect.stringContaining('"code":"folderNotWritable"'),
    ]);
  });

  test('a program whose log cannot be written runs all the same, and it is said', async () => {
    const folder = await temporaryFolder();
    await writeSmallPack(join(folder, 'pack'));
    await mkdir(join(folder, '.var', 'log', 'server.log'), { recursive: true });
    const { up, until, errors } = startUp(folder);
    await until(/speaker is connected/);
    expect(errors()).toContain('"code":"folderNotWritable"');
    expect(await interrupt(up)).toBe(2);
  });

  test('when the server is killed, it is said, the speaker is stopped, and the status tells', async () => {
    const folder = await temporaryFolder();
    await writeSmallPack(join(folder, 'pack'));
    const { up, said, until } = startUp(folder);
    await until(/speaker is connected/);
    const children = execFileSync('pgrep', ['-P', `${up.pid}`, '-f', 'main.ts server']);
    process.kill(Number(children.toString()), 'SIGKILL');
    const [status] = await once(up, 'close');
    expect(status).toBe(1);
    expect(said).toContainEqual(expect.stringMatching(/ended by itself/));
    expect(said.at(-1)).toBe('Stopped.');
  });

  test('Ctrl-C pressed twice while the trial sounds stops everything in order, and the record says that the program was stopped', async () => {
    const folder = await temporaryFolder();
    const script = Array.from({ length: 20 }, () => 'Đây là buổi phát thử.');
    await writeSmallPack(join(folder, 'pack'), [{ key: 'phat-thu', trial: true, script }]);
    const { up, said, until } = startUp(folder, { TIENG_LANG_STARTER_QUIET_HOURS: 'none' });
    await until(/\(drill\) sounds/);
    pressCtrlC(up);
    await until(/^Stopping/);
    pressCtrlC(up);
    const [status] = await once(up, 'close');
    expect(status).toBe(0);
    expect(said.at(-1)).toBe('Stopped.');
    expect(await lastEnding(folder)).toBe('agentStopped');
  });

  test('Ctrl-C before the server is up stops it as well', async () => {
    const folder = await temporaryFolder();
    await writeSmallPack(join(folder, 'pack'));
    const { up, said, until } = startUp(folder);
    await until(/^Starting the server/);
    up.kill('SIGINT');
    const [status] = await once(up, 'close');
    expect(status).toBe(0);
    expect(said.at(-1)).toBe('Stopped.');
    expect(said.some((line) => /runs at/.test(line))).toBe(false);
  });
});

/** Why the last item that sounded did not sound whole. */
const lastEnding = async (folder: string): Promise<string | null | undefined> => {
  const text = await readFile(join(folder, '.var', 'agent', 'log', segmentName(1)), 'utf8');
  const reasons = text
    .trim()
    .split('\n')
    .map((line) => Buffer.from(envelopeSchema.parse(JSON.parse(line)).payload, 'base64'))
    .map((payload) => logRecordSchema.parse(JSON.parse(payload.toString('utf8'))))
    .flatMap((record) => (record.kind === 'ended' ? [record.reason] : []));
  return reasons.at(-1);
};
