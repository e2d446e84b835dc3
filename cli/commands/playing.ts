import type { Command } from 'commander';
import { callAndPrint } from '../client/api.ts';
import { text } from '../text.ts';

interface PlanWords {
  readonly speaker?: string;
  readonly day?: string;
}

interface PlayWords {
  readonly speaker: string[];
  readonly drill?: boolean;
  readonly volume?: string;
}

const defined = <T extends object>(words: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** What speakers are to play: by plan, and by hand. */
export const addPlayingCommands = (program: Command): void => {
  program
    .command('plans')
    .description(text('plans'))
    .option('--speaker <id>', text('speakerId'))
    .option('--day <day>', text('day'))
    .action((words: PlanWords) =>
      callAndPrint(({ api }) => api.plans.$get({ query: defined(words) })),
    );
  program
    .command('play')
    .argument('<bulletins...>', text('bulletinIds'))
    .requiredOption('--speaker <ids...>', text('speakerIds'))
    .option('--drill', text('drill'))
    .option('--volume <percent>', text('playVolume'))
    .description(text('play'))
    .action((bulletins: string[], { speaker, drill, volume }: PlayWords) =>
      callAndPrint(({ api }) => {
        const loud = volume === undefined ? {} : { volume: Number(volume) };
        const json = { speakers: speaker, bulletins, drill: drill === true, ...loud };
        return api.play.$post({ json });
      }),
    );
  program
    .command('stop')
    .requiredOption('--speaker <ids...>', text('speakerIds'))
    .description(text('stop'))
    .action(({ speaker }: PlayWords) =>
      callAndPrint(({ api }) => api.stop.$post({ json: { speakers: speaker } })),
    );
};
