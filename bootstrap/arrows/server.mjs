const error = /** @type {const} */ ('error');

/** The arrows inside the server: main → compose → {http, mqtt, jobs} → services → ports. */
export const serverRules = [
  {
    name: 'only-main-composes',
    comment: 'Only server/main.ts starts the composition. Take what you need as an argument.',
    severity: error,
    from: { path: '^server/', pathNot: '^server/(main|compose[^/]*)\\.ts$' },
    to: { path: '^server/(main|compose[^/]*)\\.ts$' },
  },
  {
    name: 'doors-know-services-only',
    comment:
      'http, mqtt and jobs call services. Database, sign-in and reports reach them through a port that compose.ts passes in.',
    severity: error,
    from: { path: '^server/(http|mqtt|jobs)/' },
    to: { path: '^server/(http|mqtt|jobs|db|auth|keys|tls|reports)/', pathNot: '^server/$1/' },
  },
  {
    name: 'services-know-ports-only',
    comment:
      'A service reads, lets core decide and writes through ports. Name what is missing as a port in server/ports.',
    severity: error,
    from: { path: '^server/services/' },
    to: { path: '^server/', pathNot: '^server/(services|ports)/' },
  },
  {
    name: 'services-need-no-package',
    comment:
      'A service knows no Hono, no Drizzle and no MQTT, nor any other package but zod. Put a port in front of it.',
    severity: error,
    from: { path: '^server/(services|ports)/' },
    to: { path: 'node_modules/', pathNot: 'node_modules/zod/' },
  },
  {
    name: 'ports-know-no-server',
    comment: 'A port is a shape in words of schemas and core. Nothing behind it may show.',
    severity: error,
    from: { path: '^server/ports/' },
    to: { path: '^server/', pathNot: '^server/ports/' },
  },
  {
    name: 'adapters-know-ports-only',
    comment:
      'db, auth, keys, tls and reports implement ports and know nobody else. compose.ts brings them together.',
    severity: error,
    from: { path: '^server/(db|auth|keys|tls|reports)/' },
    to: { path: '^server/', pathNot: '^server/($1|ports)/' },
  },
];
