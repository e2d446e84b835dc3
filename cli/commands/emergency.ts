import type { Command } from 'commander';
import { callAndPrint } from '../client/api.ts';
import { numberIn } from '../number-in.ts';
import { text } from '../text.ts';

interface EmergencyWords {
  readonly unit?: string[];
  readonly speaker?: string[];
  readonly repeats: string;
  readonly minutes: string;
  readonly volume?: string;
  readonly drill?: boolean;
}

const send = (bulletins: string[], words: EmergencyWords): Promise<void> =>
  callAndPrint(({ api }) =>
    api.emergencies.$post({
      json: {
        bulletins,
        units: words.unit ?? [],
        speakers: words.speaker ?? [],
        repeats: Number(words.repeats),
        expiresInMin: Number(words.minutes),
        volume: words.volume === undefined ? null : numberIn(words.volume),
        drill: words.drill === true,
      },
    }),
  );

const show = (id: string | undefined): Promise<void> =>
  id === undefined
    ? callAndPrint(({ api }) => api.emergencies.$get())
    : callAndPrint(({ api }) => api.emergencies[':id'].$get({ param: { id } }));

/** What sounds at once, also in quiet hours. */
export const addEmergencyCommands = (program: Command): void => {
  program
    .command('emergency')
    .argument('<bulletins...>', text('bulletinIds'))
    .option('--unit <ids...>', text('emergencyUnits'))
    .option('--speaker <ids...>', text('speakerIds'))
    .option('--repeats <count>', text('emergencyRepeats'), '3')
    .option('--minutes <count>', text('emergencyMinutes'), '60')
    .option('--volume <percent>', text('emergencyVolume'))
    .option('--drill', text('drill'))
    .description(text('emergency'))
    .action(send);
  program
    .command('emergencies')
    .argument('[id]', text('emergencyId'))
    .description(text('emergencies'))
    .action(show);
  program
    .command('cancel-emergency')
    .argument('<id>', text('emergencyId'))
    .description(text('cancelEmergency'))
    .action((id: string) =>
      callAndPrint(({ api }) => api.emergencies[':id'].cancel.$post({ param: { id } })),
    );
};
