import { Command, type CommanderError } from 'commander';
import { REFUSED_STATUS } from './outcome.ts';
import { type TextKey, text, textIfKnown } from './text.ts';

/** Titles of a help page as the library names them, by the key of our sentence. */
const titleKeys: Readonly<Record<string, TextKey>> = {
  'Usage:': 'helpUsage',
  'Arguments:': 'helpArguments',
  'Options:': 'helpOptions',
  'Commands:': 'helpCommands',
};

const styleTitle = (title: string): string => {
  const key = titleKeys[title];
  return key === undefined ? title : text(key);
};

/** What the library quotes in its own words: the command, option or argument that is not right. */
const nameIn = (message: string): string => /'([^']*)'/.exec(message)?.[1] ?? '';

/** The sentence for a mistake in the words of a call; where we have none, the library's is the detail. */
const sayMistake = ({ code, message }: CommanderError): string =>
  textIfKnown(code, { name: nameIn(message) }) ??
  text('usageMistake', { detail: message.replace(/^error: /, '') });

const prepare = (command: Command): Command =>
  command
    .configureHelp({ styleTitle })
    .helpOption('-h, --help', text('helpOption'))
    .helpCommand(false)
    .configureOutput({ outputError: () => undefined })
    .exitOverride();

/** A program whose pages and mistakes are in the terminal's language; commands are added to it. */
export const createProgram = (add: readonly ((program: Command) => void)[]): Command => {
  const program = prepare(new Command('tieng-lang')).description(text('program'));
  for (const addTo of add) addTo(program);
  const visit = (command: Command): void => {
    for (const child of command.commands) visit(prepare(child));
  };
  visit(program);
  return program;
};

const isCommanderError = (error: unknown): error is CommanderError =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');

/** Runs the words of a call; a mistake in them is said in one sentence and ends with status 2. */
export const runProgram = async (program: Command, words: readonly string[]): Promise<void> => {
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!isCommanderError(error)) throw error;
    if (error.exitCode === 0) return;
    if (error.code !== 'commander.help') process.stderr.write(`${sayMistake(error)}\n`);
    process.exitCode = REFUSED_STATUS;
  }
};
