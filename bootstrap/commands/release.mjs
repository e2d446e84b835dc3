import { parseArgs } from 'node:util';
import { buildRelease } from '../build-release.mjs';
import { prepare } from '../prepare.mjs';

/** The name of this platform as npm's packages have it. */
const here = `${process.platform.replace('win32', 'win')}-${process.arch}`;

/** @param {import('../context.mjs').Context} context */
export const run = async (context) => {
  const { values } = parseArgs({
    options: {
      platform: { type: 'string', default: here },
      out: { type: 'string', default: '.build/release' },
    },
  });
  const { node } = await prepare(context, []);
  await buildRelease(context, node, values);
  return 0;
};
