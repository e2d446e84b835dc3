import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Programs that tests start by the hundred find their modules compiled. Node checks them by their text. */
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '.build', 'compiled');

/** What is set by `bootstrap/test.mjs --long`. */
const long = process.env.TIENG_LANG_TEST_LONG === '1';
const neverHere = ['**/node_modules/**', '**/.build/**', '**/.var/**'];
const soundTests = 'tests/**/*.sound.test.ts';
const longTests = 'tests/**/long/**';

/** What lasts as long as all others on one worker: it begins first, so that no worker waits for it. */
const longest = 'tests/system/sound-day.sound.test.ts';

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = ({ moduleId }: TestSpecification) => moduleId.endsWith(longest);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

/**
 * Two cores are what the smallest machine we support has. Two files leave a fifth of them idle, because
 * they wait for programs, pages and sound; a third one computes meanwhile.
 */
const maxWorkers = 3;
/** What hangs is ended; how long a thing may take on a busy machine is not what a test is about. */
const testTimeoutMs = 180_000;
const hookTimeoutMs = 240_000;
/** What is looked at again and again comes within this; unset it is a second. */
const pollTimeoutMs = 60_000;

const common = {
  environment: 'node',
  pool: 'forks',
  testTimeout: testTimeoutMs,
  hookTimeout: hookTimeoutMs,
  expect: { poll: { timeout: pollTimeoutMs } },
  setupFiles: ['tests/support/drawn-cases.ts'],
};

export default defineConfig({
  test: {
    maxWorkers,
    sequence: { sequencer: LongestFirst },
    reporters: ['default', 'json'],
    outputFile: { json: '.build/reports/vitest.json' },
    coverage: { provider: 'v8', reportsDirectory: 'coverage' },
    projects: [
      {
        test: {
          ...common,
          name: 'silent',
          // Files of one worker share what they import; no test sets anything in it.
          isolate: false,
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
