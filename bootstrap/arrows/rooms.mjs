const error = /** @type {const} */ ('error');

/** Who may import whom between the rooms. Every comment says what to do instead. */
export const roomRules = [
  {
    name: 'schemas-import-only-zod',
    comment:
      'The contract knows nothing but zod. Move what needs more into core (decisions) or runtime (effects).',
    severity: error,
    from: { path: '^schemas/' },
    to: { pathNot: ['^schemas/', 'node_modules/zod/'] },
  },
  {
    name: 'core-imports-only-schemas',
    comment:
      'core decides and touches nothing. Take the hash, the clock or the table of days as an argument.',
    severity: error,
    from: { path: '^core/' },
    to: { pathNot: ['^core/', '^schemas/'] },
  },
  {
    name: 'runtime-imports-core-and-schemas',
    comment:
      'runtime holds the effects that server and agent share. What only one of them needs belongs there.',
    severity: error,
    from: { path: '^runtime/' },
    to: {
      pathNot: ['^runtime/', '^core/', '^schemas/', 'node_modules/(uuid|pino)/'],
      dependencyTypesNot: ['core'],
    },
  },
  {
    name: 'content-imports-no-shell',
    comment:
      'content turns input into clips for anybody. Pass what it needs as an argument, or move the shared part to core.',
    severity: error,
    from: { path: '^content/' },
    to: { path: '^(server|player-agent|cli|bootstrap)/' },
  },
  {
    name: 'agent-imports-no-server',
    comment:
      'The speaker runs alone in a village. Share through schemas, core or runtime; what it needs from the server comes by message.',
    severity: error,
    from: { path: '^player-agent/' },
    to: { path: '^(server|content|cli|bootstrap)/' },
  },
  {
    name: 'server-imports-no-agent',
    comment:
      'Server and agent meet in schemas and core only. Put the shared decision into core, the message into schemas.',
    severity: error,
    from: { path: '^server/' },
    to: { path: '^(player-agent|cli|bootstrap)/' },
  },
  {
    name: 'cli-enters-by-the-door',
    comment:
      'Commands start server and agent through server/main.ts and player-agent/main.ts, or speak HTTP with the type of server/http/app.ts.',
    severity: error,
    from: { path: '^cli/' },
    to: {
      path: '^(server|player-agent)/',
      pathNot: '^(server/main|player-agent/main|server/http/app)\\.ts$',
    },
  },
  {
    name: 'cli-knows-only-the-type-of-the-app',
    comment: 'Write `import type`: the typed client needs the shape of the API, not the server.',
    severity: error,
    from: { path: '^cli/' },
    to: { path: '^server/http/app\\.ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'bootstrap-needs-nothing-installed',
    comment:
      'bootstrap runs on a fresh clone and on Node 18: only Node’s own modules and the texts in schemas/messages.',
    severity: error,
    from: { path: ['^bootstrap/', '^cli/bin\\.mjs$'] },
    to: {
      pathNot: ['^bootstrap/', '^cli/main\\.ts$', '^schemas/messages/.+\\.json$'],
      dependencyTypesNot: ['core'],
    },
  },
  {
    name: 'naive-judge-stands-apart',
    comment:
      'The naive judge must not share a mistake with core. Write again, in another way, what it needs.',
    severity: error,
    from: { path: '^tests/core/airtime/naive/' },
    to: { pathNot: ['^tests/core/airtime/naive/', '^schemas/'] },
  },
  {
    name: 'nobody-imports-tests',
    comment: 'What the product needs does not live in tests. Move it into the room that owns it.',
    severity: error,
    from: { pathNot: ['^tests/', '^vitest\\.config\\.ts$'] },
    to: { path: '^tests/' },
  },
  {
    name: 'no-circle',
    comment:
      'Two files that need each other are one idea in two places. Move the shared part into a third file, or pass it as an argument.',
    severity: error,
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolved-import',
    comment:
      'The file or package is not there. Write the path with its .ts extension, and rooms as #room/….',
    severity: error,
    from: {},
    to: { couldNotResolve: true },
  },
];
