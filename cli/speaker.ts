import { addAgentCommand } from './commands/agent.ts';
import { addEnrolCommand } from './commands/enrol.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { createProgram, runProgram } from './program.ts';

// What a speaker's box needs of the commands; `npm run release` makes one executable of it.
const program = createProgram([addEnrolCommand, addAgentCommand, addVerifyCommand]);
await runProgram(program, process.argv.slice(2));
