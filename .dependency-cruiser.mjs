import { packageRules } from './bootstrap/arrows/packages.mjs';
import { roomRules } from './bootstrap/arrows/rooms.mjs';
import { serverRules } from './bootstrap/arrows/server.mjs';
import { webRules } from './bootstrap/arrows/web.mjs';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...roomRules, ...serverRules, ...webRules, ...packageRules],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.build|\\.var|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
