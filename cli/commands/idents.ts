import { type Command, Option } from 'commander';
import { type IdentRole, identRoleSchema } from '#schemas/entities/ident.ts';
import { callAndPrint } from '../client/api.ts';
import { text } from '../text.ts';

interface IdentWords {
  readonly role: IdentRole;
  readonly unit?: string;
  readonly bulletin?: string;
}

const setIdent = ({ role, unit, bulletin }: IdentWords): Promise<void> => {
  const json = { role, unit: unit ?? null, bulletin: bulletin ?? null };
  return callAndPrint(({ api }) => api.idents.$put({ json }));
};

const roleOption = (): Option =>
  new Option('--role <role>', text('identRole'))
    .choices(identRoleSchema.options)
    .default(identRoleSchema.enum.ident);

/** What opens and closes the sessions of each unit. */
export const addIdentCommands = (program: Command): void => {
  program
    .command('idents')
    .description(text('idents'))
    .action(() => callAndPrint(({ api }) => api.idents.$get()));
  program
    .command('set-ident')
    .addOption(roleOption())
    .option('--unit <id>', text('identUnit'))
    .option('--bulletin <id>', text('identBulletin'))
    .description(text('setIdent'))
    .action(setIdent);
};
