const error = /** @type {const} */ ('error');
const product = '^(schemas|core|runtime|content|server|player-agent|cli|web)/';
/** The console is built into files, so that what it is made of is not there when it runs. */
const running = '^(schemas|core|runtime|content|server|player-agent|cli)/';

/**
 * @param {{ name: string; packages: string; place: string; instead: string }} rule
 *   `packages` and `place` are regular expressions.
 */
const onePlace = ({ name, packages, place, instead }) => ({
  name: `one-place-for-${name}`,
  comment: instead,
  severity: error,
  from: { path: product, pathNot: place },
  to: { path: packages },
});

/** Each package has one place, so that it can be replaced there and nowhere else. */
export const packageRules = [
  onePlace({
    name: 'hono',
    packages: 'node_modules/(hono|@hono/[^/]+)/(?!dist/(types/)?client/)',
    place: '^server/http/',
    instead: 'HTTP stands in server/http. Call a service there; commands use hono/client.',
  }),
  onePlace({
    name: 'the-typed-client',
    packages: 'node_modules/hono/dist/(types/)?client/',
    place: '^(cli|server/http|web/shared)/',
    instead:
      'Only commands and the console speak HTTP to the server. The agent fetches clips with its own link.',
  }),
  onePlace({
    name: 'resumable-uploads',
    packages: 'node_modules/@tus/',
    place: '^server/http/tus-protocol\\.ts$',
    instead: 'The tus protocol stays behind server/http/tus-protocol.ts. Uploads are services.',
  }),
  onePlace({
    name: 'the-database',
    packages: 'node_modules/(drizzle-orm|better-sqlite3|@types/better-sqlite3)/',
    place: '^server/db/',
    instead: 'SQL stands in server/db. Add a method to a port and implement it there.',
  }),
  onePlace({
    name: 'mqtt',
    packages: 'node_modules/mqtt/',
    place: '^(server/mqtt/|player-agent/link(/|[^/]*\\.ts$))',
    instead: 'MQTT stands in server/mqtt and in the agent’s link. Send through the port.',
  }),
  onePlace({
    name: 'the-embedded-broker',
    packages: 'node_modules/aedes/',
    place: '^server/mqtt/',
    instead: 'aedes is one of several brokers and stands in server/mqtt. Speak MQTT to it.',
  }),
  onePlace({
    name: 'fluent-ffmpeg',
    packages: 'node_modules/(@types/)?fluent-ffmpeg/',
    place: '^content/ffmpeg\\.ts$',
    instead:
      'fluent-ffmpeg is no longer maintained and stays behind content/ffmpeg.ts. Add a function there.',
  }),
  onePlace({
    name: 'the-s3-client',
    packages: 'node_modules/@(aws-sdk|smithy)/',
    place: '^content/s3-(clip-store|failure|link|upload)\\.ts$',
    instead:
      'The S3 client stays behind content/s3-clip-store.ts and the files s3-* beside it. Use the clip store port.',
  }),
  onePlace({
    name: 'the-pdf-reader',
    packages: 'node_modules/unpdf/',
    place: '^content/script-file/pdf-process\\.ts$',
    instead:
      'PDFs are read in a bounded process of their own. Call content/script-file/read-pdf.ts.',
  }),
  onePlace({
    name: 'cron',
    packages: 'node_modules/node-cron/',
    place: '^server/jobs/cron\\.ts$',
    instead: 'node-cron stays behind server/jobs/cron.ts. Describe the job and register it there.',
  }),
  onePlace({
    name: 'sign-in',
    packages: 'node_modules/(better-auth|@better-auth/[^/]+)/',
    place: '^server/auth/',
    instead: 'Sign-in and sessions stand in server/auth. Ask for the actor through its port.',
  }),
  onePlace({
    name: 'certificates',
    packages: 'node_modules/(@types/)?node-forge/',
    place: '^server/tls/certificate\\.ts$',
    instead: 'Certificates are made in server/tls/certificate.ts. Everything else is node:crypto.',
  }),
  onePlace({
    name: 'ids',
    packages: 'node_modules/uuid/',
    place: '^runtime/clock\\.ts$',
    instead: 'An id is time and randomness. Take it from the clock that was passed in.',
  }),
  onePlace({
    name: 'the-logger',
    packages: 'node_modules/pino/',
    place: '^runtime/logger\\.ts$',
    instead: 'pino stays behind runtime/logger.ts. Take a Logger as an argument.',
  }),
  onePlace({
    name: 'commands',
    packages: 'node_modules/commander/',
    place: '^cli/',
    instead: 'Arguments are read in cli. Other rooms take a configuration.',
  }),
  onePlace({
    name: 'the-router',
    packages: 'node_modules/@tanstack/react-router/',
    place: '^web/app/',
    instead: 'Addresses stand in web/app. A screen does not know where it hangs.',
  }),
  onePlace({
    name: 'translation',
    packages: 'node_modules/(react-)?i18next/',
    place: '^web/shared/texts/',
    instead: 'i18next stays behind web/shared/texts. Call useText there.',
  }),
  {
    name: 'no-development-package-in-the-product',
    comment:
      'A production install leaves devDependencies out. Move the package to dependencies, or the code to tests.',
    severity: error,
    from: { path: running },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'only-listed-packages',
    comment:
      'The package is somebody else’s dependency. Add it to package.json (and docs/dependencies.md), or do without.',
    severity: error,
    from: { path: product },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
];
