import type { Command } from 'commander';
import { callAndPrint } from '../client/api.ts';
import { text } from '../text.ts';

interface UpkeepWords {
  readonly speaker: string[];
}

/** What an administrator has done to speakers from afar. */
export const addUpkeepCommands = (program: Command): void => {
  program
    .command('restart')
    .requiredOption('--speaker <ids...>', text('speakerIds'))
    .description(text('restart'))
    .action(({ speaker }: UpkeepWords) =>
      callAndPrint(({ api }) => api.restart.$post({ json: { speakers: speaker } })),
    );
  program
    .command('ask-for-log')
    .requiredOption('--speaker <ids...>', text('speakerIds'))
    .description(text('askForLog'))
    .action(({ speaker }: UpkeepWords) =>
      callAndPrint(({ api }) => api['ask-for-logs'].$post({ json: { speakers: speaker } })),
    );
  program
    .command('set-volume')
    .argument('<speaker>', text('speakerId'))
    .argument('<percent>', text('volumePercent'))
    .description(text('setVolume'))
    .action((id: string, percent: string) =>
      callAndPrint(({ api }) =>
        api.speakers[':id'].volume.$post({ param: { id }, json: { volume: Number(percent) } }),
      ),
    );
};
