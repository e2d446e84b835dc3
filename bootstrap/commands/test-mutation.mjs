import { join } from 'node:path';
import { handOver } from '../hand-over.mjs';
import { prepare } from '../prepare.mjs';

const config = 'tests/mutation/stryker.config.json';

/** @param {import('../context.mjs').Context} context */
export const run = async (context) => {
  const { node } = await prepare(context, []);
  context.say(context.text('mutating'));
  const stryker = join(context.root, 'node_modules', '@stryker-mutator', 'core', 'bin');
  const args = [join(stryker, 'stryker.js'), 'run', config, ...process.argv.slice(2)];
  return handOver(node, args, { cwd: context.root });
};
