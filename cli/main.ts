import { addAgentCommand } from './commands/agent.ts';
import { addEnrolCommand } from './commands/enrol.ts';
import { addSchemaCommand } from './commands/schema.ts';
import { addServerCommand } from './commands/server.ts';
import { addUpCommand } from './commands/up.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { createProgram, runProgram } from './program.ts';

const program = createProgram([
  addUpCommand,
  addServerCommand,
  addAgentCommand,
  addEnrolCommand,
  addVerifyCommand,
  addSchemaCommand,
]);
await runProgram(program, process.argv.slice(2));
