import type { Command } from 'commander';
import { makeGoodModeSchema } from '#schemas/make-good.ts';
import { callAndPrint } from '../client/api.ts';
import { reportProblem } from '../outcome.ts';
import { text } from '../text.ts';

/** Where nothing is set, those above decide. */
const INHERITED = 'inherited';

interface PolicyWords {
  readonly unit?: string;
}

const showOrSet = async (word: string | undefined, { unit }: PolicyWords): Promise<void> => {
  if (word === undefined) return callAndPrint(({ api }) => api['make-good'].policy.$get());
  const mode = word === INHERITED ? null : makeGoodModeSchema.safeParse(word).data;
  if (mode === undefined) {
    const issue = [...makeGoodModeSchema.options, INHERITED].join(' | ');
    return reportProblem({ code: 'requestInvalid', issues: [{ path: 'mode', issue }] });
  }
  return callAndPrint(({ api }) =>
    api['make-good'].policy.$post({ json: { mode, unit: unit ?? null } }),
  );
};

/** Whether speakers repay what was missed, and which of it they may. */
export const addMakeGoodCommands = (program: Command): void => {
  program
    .command('make-good')
    .argument('[mode]', text('makeGoodMode'))
    .option('--unit <id>', text('makeGoodUnit'))
    .description(text('makeGood'))
    .action(showOrSet);
  program
    .command('permit')
    .argument('<session>', text('missedSession'))
    .requiredOption('--speaker <id>', text('speakerId'))
    .description(text('permit'))
    .action((session: string, { speaker }: { readonly speaker: string }) =>
      callAndPrint(({ api }) => api['make-good'].permits.$post({ json: { session, speaker } })),
    );
};
