import type { Command } from 'commander';
import { type ContractName, contracts, contractToJsonSchema } from '#schemas/json-schema.ts';
import { printJson, printLine, reportProblem } from '../outcome.ts';
import { text } from '../text.ts';

const isContract = (name: string): name is ContractName => Object.hasOwn(contracts, name);

const printSchema = (name: string | undefined): void => {
  if (name === undefined) for (const known of Object.keys(contracts)) printLine(known);
  else if (isContract(name)) printJson(contractToJsonSchema(name));
  else reportProblem({ code: 'notFound', what: 'schema', id: name });
};

/** `schema [NAME]`: the JSON Schema of a contract, or the names of all. */
export const addSchemaCommand = (program: Command): void => {
  program.command('schema').argument('[name]').description(text('schema')).action(printSchema);
};
