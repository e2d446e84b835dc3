import { join } from 'node:path';
import { ensureConsole } from '../console-build.mjs';
import { handOver } from '../hand-over.mjs';
import { prepare } from '../prepare.mjs';
import { productTools } from '../system-tools.mjs';

/** @param {import('../context.mjs').Context} context */
export const run = async (context) => {
  const { node } = await prepare(context, productTools);
  await ensureConsole(context, node);
  context.say(context.text('starting'));
  return handOver(node, [join(context.root, 'cli', 'main.ts'), 'up', ...process.argv.slice(2)]);
};
