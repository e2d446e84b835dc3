import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

/**
 * A secret from the environment variable, else from standard input: at a terminal it is asked for and
 * not shown, else it is the first line.
 */
export const readSecret = async (variable: string, question: string): Promise<string> => {
  const given = process.env[variable];
  if (given !== undefined && given !== '') return given;
  const isTerminal = process.stdin.isTTY === true;
  if (isTerminal) process.stderr.write(`${question} `);
  const lines = createInterface({ input: process.stdin, output: nowhere(), terminal: isTerminal });
  try {
    const { value } = await lines[Symbol.asyncIterator]().next();
    return typeof value === 'string' ? value : '';
  } finally {
    lines.close();
    if (isTerminal) process.stderr.write('\n');
  }
};
