import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { handOver } from '../hand-over.mjs';
import { prepare } from '../prepare.mjs';
import { productTools, testTools } from '../system-tools.mjs';

/**
 * Debian starts Mosquitto when it installs it, on the port that the embedded broker wants. Tests start
 * their own.
 * @param {import('../context.mjs').Context} context
 */
const stopBrokerService = ({ say, text }) => {
  if (!existsSync('/run/systemd/system')) return;
  say(text('brokerServiceStopping'));
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const words = [...sudo, 'systemctl', 'disable', '--now', 'mosquitto'];
  spawnSync(words[0] ?? '', words.slice(1), { stdio: 'inherit' });
};

/** @param {import('../context.mjs').Context} context */
export const run = async (context) => {
  const { node, installed } = await prepare(context, [...productTools, ...testTools]);
  if (installed.includes('mosquitto')) stopBrokerService(context);
  context.say(context.text('testing'));
  const args = process.argv.slice(2);
  const vitest = join(context.root, 'node_modules', 'vitest', 'vitest.mjs');
  return handOver(node, [vitest, 'run', ...args.filter((arg) => arg !== '--long')], {
    cwd: context.root,
    env: { ...process.env, ...(args.includes('--long') ? { TIENG_LANG_TEST_LONG: '1' } : {}) },
  });
};
