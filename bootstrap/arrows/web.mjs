const error = /** @type {const} */ ('error');

/** The arrows inside the console: main → app → features → shared, and what it may know of the rest. */
export const webRules = [
  {
    name: 'web-imports-core-and-schemas',
    comment:
      'The console runs in a browser. Share through schemas or core; what it needs of the server comes over HTTP.',
    severity: error,
    from: { path: '^web/' },
    to: {
      path: '^(runtime|content|server|player-agent|cli|bootstrap)/',
      pathNot: '^server/http/app\\.ts$',
    },
  },
  {
    name: 'web-knows-only-the-type-of-the-app',
    comment: 'Write `import type`: the typed client needs the shape of the API, not the server.',
    severity: error,
    from: { path: '^web/' },
    to: { path: '^server/http/app\\.ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'features-stand-apart',
    comment:
      'A feature can be taken out without touching another. Move what two of them need into web/shared.',
    severity: error,
    from: { path: '^web/features/([^/]+)/' },
    to: { path: '^web/features/', pathNot: '^web/features/$1/' },
  },
  {
    name: 'shared-knows-no-feature',
    comment:
      'What is shared serves every feature. Pass in what it needs, or move it into the feature.',
    severity: error,
    from: { path: '^web/shared/' },
    to: { path: '^web/(features|app|main)' },
  },
  {
    name: 'features-know-no-app',
    comment: 'The app puts features in their places. Take what is needed from web/shared.',
    severity: error,
    from: { path: '^web/features/' },
    to: { path: '^web/(app|main)' },
  },
  {
    name: 'nobody-imports-web',
    comment: 'The console is the last room. Move what others need into schemas or core.',
    severity: error,
    from: { pathNot: '^(web|tests)/' },
    to: { path: '^web/' },
  },
];
