import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const isProperty = ({ moduleId }: TestSpecification): boolean =>
  /(?:agreement|properties|standing)\.test\.ts$/.test(moduleId);

/** A mutant is run until a test fails, so that the tests of a thousand cases come last. */
class PropertiesLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const named = files.toSorted((a, b) => (a.moduleId < b.moduleId ? -1 : 1));
    return [...named.filter((file) => !isProperty(file)), ...named.filter(isProperty)];
  }
}

/** On a machine with other work no test may fail for being slow. */
const testTimeoutMs = 120_000;

/** What Stryker holds mutants against: the tests of `core/airtime`, each file loaded once. */
export default defineConfig({
  test: {
    environment: 'node',
    env: { TIENG_LANG_TEST_CASES_DIVISOR: '20' },
    testTimeout: testTimeoutMs,
    isolate: false,
    include: ['tests/core/airtime/**/*.test.ts'],
    setupFiles: ['tests/mutation/same-cases.ts'],
    sequence: { sequencer: PropertiesLast },
  },
});
