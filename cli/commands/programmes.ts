import type { Command } from 'commander';
import { callAndPrint } from '../client/api.ts';
import { text } from '../text.ts';

interface ProgrammeWords {
  readonly id?: string;
  readonly unit: string;
  readonly from: string;
  readonly to?: string;
  readonly weekdays?: string;
  readonly starts: string;
  readonly ends: string;
  readonly suspended?: true;
  readonly confirm?: string;
}

const numbersIn = (list: string): number[] => list.split(',').map(Number);

const setProgramme = (name: string, words: ProgrammeWords): Promise<void> => {
  const { id, unit, from, to, weekdays, starts, ends, suspended, confirm } = words;
  return callAndPrint(({ api }) =>
    api.programmes.$post({
      json: {
        ...(id === undefined ? {} : { id }),
        ...{ name, unit, from, to: to ?? null, startsAt: starts, endsAt: ends },
        weekdays: weekdays === undefined ? [] : numbersIn(weekdays),
        suspended: suspended ?? false,
        confirmed: confirm === undefined ? [] : confirm.split(','),
      },
    }),
  );
};

/** Fixed programmes of other sources, over which nothing is planned or repaid. */
export const addProgrammeCommands = (program: Command): void => {
  program
    .command('programmes')
    .description(text('programmes'))
    .action(() => callAndPrint(({ api }) => api.programmes.$get()));
  program
    .command('set-programme')
    .argument('<name>', text('programmeName'))
    .requiredOption('--unit <id>', text('programmeUnit'))
    .requiredOption('--from <day>', text('programmeFrom'))
    .option('--to <day>', text('programmeTo'))
    .requiredOption('--starts <time>', text('programmeStarts'))
    .requiredOption('--ends <time>', text('programmeEnds'))
    .option('--weekdays <list>', text('programmeWeekdays'))
    .option('--suspended', text('programmeSuspended'))
    .option('--id <id>', text('programmeId'))
    .option('--confirm <codes>', text('confirmCodes'))
    .description(text('setProgramme'))
    .action(setProgramme);
};
