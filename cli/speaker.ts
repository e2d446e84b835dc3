import { addAgentCommand } from './commands/agent.ts';
import { addBoxCommands } from './commands/box.ts';
import { addEnrolCommand } from './commands/enrol.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { createProgram, runProgram } from './program.ts';

// What a speaker's box needs of the commands; `npm run release` makes one executable of it.
const program = createProgram([addEnrolCommand, addAgentCommand, addBoxCommands, addVerifyCommand]);
await runProgram(program, process.argv.slice(2));
