import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';

/**
 * Holds the naive judge against the judge of a copy of the tree: `node … FOLDER RUNS SEED`. Writes
 * `caught` when they disagree, `agreed` when they do not.
 */
const [folder = '.', runs = '1', seed = '1'] = process.argv.slice(2);
const path = join(folder, 'tests', 'core', 'airtime', 'support', 'naive-agreement.ts');
const { agreementCase, bothSay }: typeof import('#tests/core/airtime/support/naive-agreement.ts') =
  await import(pathToFileURL(path).href);

const { failed } = fc.check(
  fc.property(agreementCase, (one) => {
    const { judge, naive } = bothSay(one);
    return isDeepStrictEqual(judge, naive);
  }),
  { numRuns: Number(runs), seed: Number(seed), endOnFailure: true },
);
process.stdout.write(failed ? 'caught' : 'agreed');
