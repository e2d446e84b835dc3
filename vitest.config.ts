import { defineConfig } from 'vitest/config';

/** What is set by `bootstrap/test.mjs --long`. */
const long = process.env.TIENG_LANG_TEST_LONG === '1';
const neverHere = ['**/node_modules/**', '**/.build/**', '**/.var/**'];
const soundTests = 'tests/**/*.sound.test.ts';
const longTests = 'tests/**/long/**';

/** Two cores are what the smallest machine we support has. */
const maxWorkers = 2;
/** What hangs is ended; how long a thing may take on a busy machine is not what a test is about. */
const testTimeoutMs = 60_000;
const hookTimeoutMs = 120_000;

const common = {
  environment: 'node',
  pool: 'forks',
  testTimeout: testTimeoutMs,
  hookTimeout: hookTimeoutMs,
  setupFiles: ['tests/support/drawn-cases.ts'],
};

export default defineConfig({
  test: {
    maxWorkers,
    reporters: ['default', 'json'],
    outputFile: { json: '.build/reports/vitest.json' },
    coverage: { provider: 'v8', reportsDirectory: 'coverage' },
    projects: [
      {
        test: {
          ...common,
          name: 'silent',
          include: ['tests/**/*.test.ts'],
          exclude: [...neverHere, soundTests, ...(long ? [] : [longTests])],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...common,
          name: 'sound',
          include: [soundTests],
          exclude: [...neverHere, ...(long ? [] : [longTests])],
          maxWorkers,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
