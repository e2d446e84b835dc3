/** An import that must not be, and the rule that catches it. */
export type PlantedImport = {
  readonly rule: string;
  readonly from: string;
  /** What is imported, as written in `from`. */
  readonly to: string;
  readonly typeOnly?: true;
};

const plant = (rule: string, from: string, to: string): PlantedImport => ({ rule, from, to });

const acrossRooms = [
  plant('schemas-import-only-zod', 'schemas/a.ts', '#core/leaf.ts'),
  plant('schemas-import-only-zod', 'schemas/b.ts', 'node:fs'),
  plant('schemas-import-only-zod', 'schemas/c.ts', 'pino'),
  plant('core-imports-only-schemas', 'core/a.ts', '#runtime/leaf.ts'),
  plant('core-imports-only-schemas', 'core/b.ts', 'node:crypto'),
  plant('core-imports-only-schemas', 'core/c.ts', 'zod'),
  plant('runtime-imports-core-and-schemas', 'runtime/a.ts', '#content/leaf.ts'),
  plant('runtime-imports-core-and-schemas', 'runtime/b.ts', '#server/leaf.ts'),
  plant('runtime-imports-core-and-schemas', 'runtime/c.ts', 'mqtt'),
  plant('content-imports-no-shell', 'content/a.ts', '#server/leaf.ts'),
  plant('content-imports-no-shell', 'content/b.ts', '#player-agent/leaf.ts'),
  plant('agent-imports-no-server', 'player-agent/a.ts', '#server/leaf.ts'),
  plant('agent-imports-no-server', 'player-agent/b.ts', '#content/leaf.ts'),
  { ...plant('agent-imports-no-server', 'player-agent/c.ts', '#server/leaf.ts'), typeOnly: true },
  plant('server-imports-no-agent', 'server/a.ts', '#player-agent/leaf.ts'),
  plant('cli-enters-by-the-door', 'cli/a.ts', '#server/services/leaf.ts'),
  plant('cli-enters-by-the-door', 'cli/b.ts', '#player-agent/leaf.ts'),
  plant('cli-knows-only-the-type-of-the-app', 'cli/c.ts', '#server/http/app.ts'),
  plant('bootstrap-needs-nothing-installed', 'bootstrap/a.mjs', 'zod'),
  plant('bootstrap-needs-nothing-installed', 'bootstrap/b.mjs', '#core/leaf.ts'),
  plant('nobody-imports-tests', 'server/b.ts', '#tests/support/leaf.ts'),
  plant('naive-judge-stands-apart', 'tests/core/airtime/naive/a.ts', '#core/leaf.ts'),
  plant('no-circle', 'core/circle.ts', './other-half.ts'),
  plant('no-unresolved-import', 'core/d.ts', '#core/nowhere.ts'),
] as const;

const insideServer = [
  plant('only-main-composes', 'server/jobs/a.ts', '#server/compose.ts'),
  plant('doors-know-services-only', 'server/http/a.ts', '#server/db/leaf.ts'),
  plant('doors-know-services-only', 'server/mqtt/a.ts', '#server/http/leaf.ts'),
  plant('doors-know-services-only', 'server/jobs/b.ts', '#server/reports/leaf.ts'),
  plant('services-know-ports-only', 'server/services/a.ts', '#server/db/leaf.ts'),
  plant('services-need-no-package', 'server/services/b.ts', 'pino'),
  plant('services-need-no-package', 'server/ports/b.ts', 'pino'),
  plant('ports-know-no-server', 'server/ports/a.ts', '#server/services/leaf.ts'),
  plant('adapters-know-ports-only', 'server/db/a.ts', '#server/services/leaf.ts'),
  plant('adapters-know-ports-only', 'server/auth/a.ts', '#server/db/leaf.ts'),
  plant('adapters-know-ports-only', 'server/keys/a.ts', '#server/db/leaf.ts'),
] as const;

const insideWeb = [
  plant('web-imports-core-and-schemas', 'web/shared/a.ts', '#runtime/leaf.ts'),
  plant('web-imports-core-and-schemas', 'web/shared/b.ts', '#server/services/leaf.ts'),
  plant('web-knows-only-the-type-of-the-app', 'web/shared/c.ts', '#server/http/app.ts'),
  plant('features-stand-apart', 'web/features/today/a.tsx', '../users/leaf.ts'),
  plant('shared-knows-no-feature', 'web/shared/d.ts', '../features/users/leaf.ts'),
  plant('features-know-no-app', 'web/features/users/a.tsx', '../../app/leaf.ts'),
  plant('nobody-imports-web', 'cli/e.ts', '../web/shared/leaf.ts'),
] as const;

const packages = [
  plant('one-place-for-hono', 'server/mqtt/b.ts', 'hono'),
  plant('one-place-for-hono', 'server/jobs/c.ts', '@hono/node-server'),
  plant('one-place-for-hono', 'cli/d.ts', 'hono'),
  plant('one-place-for-the-typed-client', 'player-agent/d.ts', 'hono/client'),
  plant('one-place-for-resumable-uploads', 'server/http/g.ts', '@tus/server'),
  plant('one-place-for-the-database', 'server/http/b.ts', 'drizzle-orm/better-sqlite3'),
  plant('one-place-for-the-database', 'server/http/c.ts', 'better-sqlite3'),
  plant('one-place-for-mqtt', 'player-agent/e.ts', 'mqtt'),
  plant('one-place-for-mqtt', 'server/http/d.ts', 'mqtt'),
  plant('one-place-for-the-embedded-broker', 'server/http/e.ts', 'aedes'),
  plant('one-place-for-the-pdf-reader', 'content/script-file/b.ts', 'unpdf'),
  plant('one-place-for-fluent-ffmpeg', 'content/c.ts', 'fluent-ffmpeg'),
  plant('one-place-for-the-s3-client', 'content/d.ts', '@aws-sdk/client-s3'),
  plant('one-place-for-cron', 'server/jobs/d.ts', 'node-cron'),
  plant('one-place-for-sign-in', 'server/http/f.ts', 'better-auth'),
  plant('one-place-for-certificates', 'server/tls/b.ts', 'node-forge'),
  plant('one-place-for-ids', 'runtime/d.ts', 'uuid'),
  plant('one-place-for-the-logger', 'runtime/e.ts', 'pino'),
  plant('one-place-for-commands', 'server/c.ts', 'commander'),
  plant('one-place-for-the-router', 'web/features/users/b.tsx', '@tanstack/react-router'),
  plant('one-place-for-translation', 'web/features/users/c.tsx', 'i18next'),
  plant('no-development-package-in-the-product', 'server/d.ts', 'fast-check'),
  plant('only-listed-packages', 'server/e.ts', 'mqtt-packet'),
] as const;

/** At least one for every rule. */
export const plantedImports: readonly PlantedImport[] = [
  ...acrossRooms,
  ...insideServer,
  ...insideWeb,
  ...packages,
];

/** Imports that must be possible, or the rules would be walls. */
export const lawfulImports: readonly (Omit<PlantedImport, 'rule'> & { why: string })[] = [
  { from: 'core/ok.ts', to: '#schemas/leaf.ts', why: 'core speaks the contract' },
  { from: 'schemas/ok.ts', to: 'zod', why: 'the contract is zod' },
  { from: 'runtime/clock.ts', to: 'uuid', why: 'ids come from the clock' },
  { from: 'runtime/logger.ts', to: 'pino', why: 'the logger is pino' },
  { from: 'runtime/ok.ts', to: 'node:crypto', why: 'runtime signs and hashes' },
  { from: 'content/ffmpeg.ts', to: 'fluent-ffmpeg', why: 'its one place' },
  { from: 'content/s3-clip-store.ts', to: '@aws-sdk/client-s3', why: 'its one place' },
  { from: 'content/ok.ts', to: '#runtime/leaf.ts', why: 'content shares the effects' },
  { from: 'player-agent/link.ts', to: 'mqtt', why: 'the agent has one link' },
  { from: 'player-agent/link/ok.ts', to: 'mqtt', why: 'the agent has one link' },
  { from: 'server/jobs/cron.ts', to: 'node-cron', why: 'its one place' },
  { from: 'server/main.ts', to: '#server/compose.ts', why: 'main composes' },
  { from: 'server/db/ok.ts', to: 'drizzle-orm', why: 'its one place' },
  { from: 'server/db/fine.ts', to: '#server/ports/leaf.ts', why: 'adapters implement ports' },
  { from: 'server/mqtt/ok.ts', to: 'aedes', why: 'its one place' },
  { from: 'server/auth/ok.ts', to: 'better-auth', why: 'its one place' },
  { from: 'server/http/ok.ts', to: '#server/services/leaf.ts', why: 'doors call services' },
  { from: 'cli/ok.ts', to: '#server/main.ts', why: 'the door' },
  { from: 'cli/fine.ts', to: 'hono/client', why: 'commands speak HTTP' },
  { from: 'cli/good.ts', to: '#server/http/app.ts', typeOnly: true, why: 'the typed client' },
  { from: 'web/shared/ok.ts', to: 'hono/client', why: 'the console speaks HTTP' },
  { from: 'web/shared/fine.ts', to: '#server/http/app.ts', typeOnly: true, why: 'typed client' },
  { from: 'web/shared/good.ts', to: '#core/leaf.ts', why: 'decisions are shared' },
  { from: 'web/features/today/ok.tsx', to: '../../shared/leaf.ts', why: 'features share' },
  { from: 'web/app/ok.tsx', to: '../features/today/leaf.ts', why: 'the app shows features' },
  { from: 'tests/ok.ts', to: '#server/db/leaf.ts', why: 'tests look everywhere' },
];
