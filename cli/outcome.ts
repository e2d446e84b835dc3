import type { Problem } from '#schemas/problem.ts';
import { problemText } from './text.ts';

/** A command ends with this status when something was refused. */
export const REFUSED_STATUS = 2;

/** Says on standard error what was refused, as a sentence and as data, and sets the exit status. */
export const reportProblem = (problem: Problem): void => {
  process.stderr.write(`${problemText(problem)}\n${JSON.stringify(problem)}\n`);
  process.exitCode = REFUSED_STATUS;
};

/** Writes one value to standard output as JSON, for people and for other programs. */
export const printJson = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
};

/** Writes one line to standard output. */
export const printLine = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
