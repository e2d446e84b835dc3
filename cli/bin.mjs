#!/usr/bin/env node
import { join } from 'node:path';
import { main } from '../bootstrap/main.mjs';

void main(async () => {
  const { handOver } = await import('../bootstrap/hand-over.mjs');
  const { findProductNode } = await import('../bootstrap/product-node.mjs');
  const { Stop } = await import('../bootstrap/stop.mjs');
  return {
    run: async ({ root }) => {
      const node = findProductNode(root);
      if (node === undefined) throw new Stop('notInstalled');
      return handOver(node, [join(root, 'cli', 'main.ts'), ...process.argv.slice(2)]);
    },
  };
});
