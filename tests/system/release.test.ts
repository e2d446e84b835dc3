import { execFile, execFileSync } from 'node:child_process';
import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { firstAdministrator } from '#tests/support/api-caller.ts';
import { readLog } from '#tests/support/evidence.ts';
import { startProgram } from '#tests/support/program.ts';
import { createServerPlace } from '#tests/support/running-server.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const TIMEOUT_MS = 240_000;
const root = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

/** Makes the release in a folder of its own; the path of the one executable in it. */
const release = async (folder: string): Promise<string> => {
  await run(process.execPath, ['bootstrap/release.mjs', '--out', folder], { cwd: root });
  await run('sha256sum', ['--check', ...(await named(folder, /\.sha256$/))], { cwd: folder });
  const [name = ''] = await named(folder, /^tieng-lang-\d[^/]*(?<!\.sha256)$/);
  return join(folder, name);
};

const named = async (folder: string, name: RegExp): Promise<string[]> =>
  (await readdir(folder)).filter((each) => name.test(each));

const speakerOf = (told: string): string =>
  /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(told)?.[0] ?? '';

test(
  'one file, alone on a box without Node and packages, enrols, plays, delivers and checks its log',
  async () => {
    const folder = await temporaryFolder();
    const executable = await release(folder);
    const place = await createServerPlace([
      { key: 'phat-thu', trial: true, script: ['Đây là buổi phát thử.'] },
    ]);
    const server = await place.run({ settings: { STARTER_QUIET_HOURS: 'none' } });
    try {
      const administrator = await firstAdministrator(server);
      const environment = {
        TIENG_LANG_LANGUAGE: 'en',
        TIENG_LANG_AGENT_FOLDER: join(folder, 'agent'),
        TIENG_LANG_AGENT_AUDIO_OUTPUT: 'null',
        TIENG_LANG_AGENT_MPV_PATH: execFileSync('which', ['mpv'], { encoding: 'utf8' }).trim(),
      };
      const alone = { cwd: folder, env: environment };
      const issued = await server.issueCodeForWaitingSpeaker();
      const words = ['enrol', '--server', server.url, '--code', issued?.code ?? ''];
      const speaker = speakerOf((await run(executable, words, alone)).stdout);
      expect(speaker).toBe(issued?.speaker);

      const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
      const agent = startProgram(
        ['agent'],
        {},
        { before: ['env', '-i', ...variables], executable },
      );
      await agent.next('itemSounds', ({ drill }) => drill === true);
      await agent.next('recordWritten', ({ kind }) => kind === 'ended');
      expect(await agent.end('SIGTERM')).toBe(0);

      const log = await readLog(administrator, speaker);
      expect(log.findings).toEqual([]);
      const path = join(folder, 'agent', 'log');
      const verify = ['verify', path, '--key', log.publicKey];
      const checked = JSON.parse((await run(executable, verify, alone)).stdout);
      expect(checked).toMatchObject({ verified: true });
      const [segment = ''] = await named(path, /^records-/);
      const [line = ''] = (await readFile(join(path, segment), 'utf8')).split('\n');
      await appendFile(join(path, segment), `${line}\n`);
      await expect(run(executable, verify, alone)).rejects.toMatchObject({ code: 1 });
    } finally {
      await server.stop();
      await place.remove();
    }
  },
  TIMEOUT_MS,
);
