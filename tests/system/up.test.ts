import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/mosquitto.ts';
import { writeSmallPack } from '../support/small-pack.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const main = join(import.meta.dirname, '..', '..', 'cli', 'main.ts');

/** `tieng-lang up` in a folder of its own, with what it prints. */
const startUp = (folder: string, environment: Readonly<Record<string, string>> = {}) => {
  const up = spawn(process.execPath, [main, 'up'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      TIENG_LANG_LANGUAGE: 'en',
      TIENG_LANG_STARTER_FOLDER: join(folder, 'pack'),
      TIENG_LANG_HTTP_PORT: '0',
      TIENG_LANG_MQTT_PORT: '0',
      TIENG_LANG_AGENT_AUDIO_OUTPUT: 'null',
      ...environment,
    },
  });
  onTestFinished(() => {
    if (up.exitCode === null) up.kill('SIGKILL');
  });
  const said: string[] = [];
  const lines = createInterface({ input: up.stdout });
  lines.on('line', (line) => said.push(line));
  up.stderr.resume();
  return { up, said, until: untilSaid(said, lines) };
};

const untilSaid =
  (said: readonly string[], lines: ReturnType<typeof createInterface>) =>
  (words: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const found = said.find((line) => words.test(line));
      if (found !== undefined) resolve(found);
      lines.on('line', (line) => words.test(line) && resolve(line));
      lines.once('close', () => reject(new Error(`${words} was never said:\n${said.join('\n')}`)));
    });

/** Ends it as Ctrl-C does and gives back its exit status. */
const interrupt = async (up: ChildProcess): Promise<number | null> => {
  up.kill('SIGINT');
  const [status] = await once(up, 'exit');
  return status;
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
  }, 90_000);

  test('in quiet hours the trial waits and says until when', async () => {
    const folder = await temporaryFolder();
    const script = ['Đây là buổi phát thử.', 'Xin cảm ơn bà con.'];
    await writeSmallPack(join(folder, 'pack'), [{ key: 'phat-thu', trial: true, script }]);
    const { up, said, until } = startUp(folder, { TIENG_LANG_STARTER_QUIET_HOURS: '00:00-23:59' });
    expect(await until(/waits/)).toMatch(/23:59/);
    expect(await interrupt(up)).toBe(0);
    expect(said.some((line) => line.includes('sounds'))).toBe(false);
  }, 90_000);

  test('a port that is taken is said before anything is left behind', async () => {
    const folder = await temporaryFolder();
    await writeSmallPack(join(folder, 'pack'));
    const first = startUp(folder);
    const address = await first.until(/runs at/);
    const port = /:(\d+)$/.exec(address)?.[1] ?? '';
    const other = await temporaryFolder();
    await writeSmallPack(join(other, 'pack'));
    const second = startUp(other, { TIENG_LANG_HTTP_PORT: port });
    const [status] = await once(second.up, 'exit');
    expect(status).toBe(2);
    expect(await interrupt(first.up)).toBe(0);
  }, 90_000);
});
