import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { firstAdministrator } from '#tests/support/api-caller.ts';
import { eventually } from '#tests/support/eventually.ts';
import { readLog } from '#tests/support/evidence.ts';
import { startProgram } from '#tests/support/program.ts';
import { createServerPlace } from '#tests/support/running-server.ts';
import { listenAsManager } from '#tests/support/service-manager.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const TIMEOUT_MS = 180_000;
const DEADLINE_MS = 60_000;
const WATCHDOG_MS = 1_500;
/** Out of ten, as `systemd-analyze security` counts, times ten. */
const MAX_EXPOSURE = '22';
const unit = join(import.meta.dirname, '..', '..', 'deploy', 'tieng-lang-agent.service');

test(
  'the service manager is told that the speaker is ready, lives, and stops; the end by SIGHUP is an orderly one',
  async () => {
    const manager = await listenAsManager(WATCHDOG_MS);
    const place = await createServerPlace();
    onTestFinished(place.remove);
    const server = await place.run();
    onTestFinished(() => server.stop());
    const administrator = await firstAdministrator(server);
    const issued = await server.issueCodeForWaitingSpeaker();
    const speaker = issued?.speaker ?? '';
    const environment = {
      ...manager.environment,
      TIENG_LANG_AGENT_FOLDER: join(place.folder, 'agent'),
      TIENG_LANG_AGENT_SERVER_URL: server.url,
      TIENG_LANG_AGENT_ENROL_CODE: issued?.code ?? '',
      TIENG_LANG_AGENT_AUDIO_OUTPUT: 'null',
    };
    const ready = manager.next('READY=1');
    const first = startProgram(['agent'], environment);
    await ready;
    await manager.next('WATCHDOG=1');
    await manager.next('WATCHDOG=1');
    const stopping = manager.next('STOPPING=1');
    expect(await first.end('SIGHUP')).toBe(0);
    await stopping;
    expect(new Set(manager.told)).toEqual(new Set(['READY=1', 'WATCHDOG=1', 'STOPPING=1']));

    const second = startProgram(['agent'], environment);
    const { records } = await eventually(
      () => readLog(administrator, speaker),
      ({ records }) => records.filter(({ record }) => record.kind === 'boot').length === 2,
      DEADLINE_MS,
    );
    expect(await second.end()).toBe(0);
    const causes = records.flatMap(({ record }) => (record.kind === 'boot' ? record.cause : []));
    expect(causes).toEqual(['first', 'cleanStop']);
  },
  TIMEOUT_MS,
);

test('systemd takes the unit, and counts it among the well protected', async () => {
  const text = await readFile(unit, 'utf8');
  const path = join(await temporaryFolder(), 'tieng-lang-agent.service');
  await writeFile(path, text.replace('/usr/local/bin/tieng-lang', '/bin/true'));
  const analyze = (...words: string[]) => execFileSync('systemd-analyze', [...words, path]);
  expect(analyze('verify', '--man=no').toString()).toBe('');
  analyze('security', '--offline=yes', `--threshold=${MAX_EXPOSURE}`);
});
