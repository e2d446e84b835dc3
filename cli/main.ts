import { addAgentCommand } from './commands/agent.ts';
import { addEnrolCommand } from './commands/enrol.ts';
import { addSchemaCommand } from './commands/schema.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { createProgram, runProgram } from './program.ts';

const program = createProgram([
  addAgentCommand,
  addEnrolCommand,
  addVerifyCommand,
  addSchemaCommand,
]);
await runProgram(program, process.argv.slice(2));
