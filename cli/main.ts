import { addSchemaCommand } from './commands/schema.ts';
import { createProgram, runProgram } from './program.ts';

await runProgram(createProgram([addSchemaCommand]), process.argv.slice(2));
