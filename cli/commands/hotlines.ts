import type { Command } from 'commander';
import type { SetHotlineRequest } from '#schemas/requests/hotline.ts';
import { callAndPrint } from '../client/api.ts';
import { text } from '../text.ts';

interface HotlineWords {
  readonly name: string;
  readonly kind: SetHotlineRequest['kind'];
  readonly unit?: string;
  readonly number?: string;
  readonly holdBack?: true;
}

const setHotline = (key: string, words: HotlineWords): Promise<void> => {
  const { name, kind, unit, number, holdBack } = words;
  const line = { key, name, kind, unit: unit ?? null, number: number ?? null };
  const json = { ...line, holdBack: holdBack ?? false };
  return callAndPrint(({ api }) => api.hotlines.$put({ json }));
};

const removeHotline = (id: string, words: { readonly holdBack?: true }): Promise<void> => {
  const query = { holdBack: words.holdBack ? ('true' as const) : ('false' as const) };
  return callAndPrint(({ api }) => api.hotlines[':id'].$delete({ param: { id }, query }));
};

/** The telephone numbers that scripts ask for. */
export const addHotlineCommands = (program: Command): void => {
  program
    .command('hotlines')
    .description(text('hotlines'))
    .action(() => callAndPrint(({ api }) => api.hotlines.$get()));
  program
    .command('set-hotline')
    .argument('<key>', text('hotlineKey'))
    .requiredOption('--name <name>', text('hotlineName'))
    .option('--kind <kind>', text('hotlineKind'), 'other')
    .option('--unit <id>', text('hotlineUnit'))
    .option('--number <number>', text('hotlineNumber'))
    .option('--hold-back', text('hotlineHoldBack'))
    .description(text('setHotline'))
    .action(setHotline);
  program
    .command('remove-hotline')
    .argument('<id>', text('hotlineId'))
    .option('--hold-back', text('hotlineHoldBack'))
    .description(text('removeHotline'))
    .action(removeHotline);
};
