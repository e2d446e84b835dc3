import type { Problem, ProblemCode } from '#schemas/problem.ts';

const passing: ReadonlySet<ProblemCode> = new Set([
  'audioToolFailed',
  'audioToolMissing',
  'changedMeanwhile',
  'clipCorrupt',
  'clipStoreFailed',
  'diskFull',
  'internal',
  'tooManyTries',
]);

/** Whether the same bytes may fare better another time: the fault was not theirs. */
export const isPassing = ({ code }: Problem): boolean => passing.has(code);
