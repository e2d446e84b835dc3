import { installTools } from './install-tools.mjs';
import { withLock } from './lock.mjs';
import { installPackages, packagesAreInstalled } from './packages.mjs';
import { needProductNode } from './product-node.mjs';
import { missingTools } from './system-tools.mjs';

/**
 * Brings packages and system programs here, if they are not.
 * @param {import('./context.mjs').Context} context
 * @param {import('./system-tools.mjs').Tool[]} tools
 * @returns {Promise<{ node: string; installed: string[] }>} the product's Node, and the system
 *   packages that were installed now
 */
export const prepare = async (context, tools) => {
  const isReady = () => packagesAreInstalled(context.root) && missingTools(tools).length === 0;
  if (isReady()) return { node: needProductNode(context.root), installed: [] };
  return withLock(context, async () => {
    if (!packagesAreInstalled(context.root)) await installPackages(context);
    const node = needProductNode(context.root);
    return { node, installed: await installTools(context, tools) };
  });
};
