import { buildConsole } from '../console-build.mjs';
import { prepare } from '../prepare.mjs';

/** @param {import('../context.mjs').Context} context */
export const run = async (context) => {
  const { node } = await prepare(context, []);
  await buildConsole(context, node);
  return 0;
};
