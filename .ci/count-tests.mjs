// Prints `N passed, M failed` from vitest's JSON report. A file that did not even load is one failure,
// and so is a report that is not there: no test ran.
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ status: string; assertionResults: { status: string }[] }} TestFile */

/** @param {TestFile} file */
const failsToLoad = ({ status, assertionResults }) =>
  status === 'failed' && !assertionResults.some((test) => test.status === 'failed');

/** @param {string} path */
const countTests = (path) => {
  if (!existsSync(path)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const notLoaded = report.testResults.filter(failsToLoad).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + notLoaded };
};

const { passed, failed } = countTests(process.argv[2] ?? '');
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
