import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';

const MOST_BOOTS = 7;

/**
 * Holds the naive judge against the judge of a copy of the tree: `node … FOLDER RUNS SEED`. Writes
 * `caught` when they disagree, `agreed` when they do not.
 */
const [folder = '.', runs = '1', seed = '1'] = process.argv.slice(2);
const fileOf = (name: string): string =>
  pathToFileURL(join(folder, 'tests', 'core', 'airtime', 'support', name)).href;
const { agreementCase, bothSay }: typeof import('#tests/core/airtime/support/naive-agreement.ts') =
  await import(fileOf('naive-agreement.ts'));
const { bothFind, soundsOfBoots }: typeof import('#tests/core/airtime/support/random-session.ts') =
  await import(fileOf('random-session.ts'));

const given = { numRuns: Number(runs), seed: Number(seed), endOnFailure: true };

/** Runs by themselves, since few random logs hold a run in which every clock matters. */
const runsAgree = fc.property(soundsOfBoots(MOST_BOOTS), (one) => {
  const { run, naive } = bothFind(one);
  return isDeepStrictEqual(run, naive);
});
const verdictsAgree = fc.property(agreementCase, (one) => {
  const { judge, naive } = bothSay(one);
  return isDeepStrictEqual(judge, naive);
});
const isCaught = fc.check(runsAgree, given).failed || fc.check(verdictsAgree, given).failed;
process.stdout.write(isCaught ? 'caught' : 'agreed');
