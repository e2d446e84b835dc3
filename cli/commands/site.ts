import { Argument, type Command } from 'commander';
import type { UserRole } from '#schemas/entities/site.ts';
import { callAndPrint, listAndPrint } from '../client/api.ts';
import { text } from '../text.ts';

const addReading = (program: Command): void => {
  program
    .command('site')
    .description(text('site'))
    .action(() => callAndPrint(({ api }) => api.site.$get()));
  program
    .command('units')
    .description(text('units'))
    .action(() => listAndPrint(({ api }, query) => api.units.$get({ query })));
  program
    .command('speakers')
    .description(text('speakers'))
    .action(() => listAndPrint(({ api }, query) => api.speakers.$get({ query })));
  program
    .command('campaigns')
    .description(text('campaigns'))
    .action(() => callAndPrint(({ api }) => api.campaigns.$get()));
  program
    .command('rules')
    .description(text('rules'))
    .action(() => callAndPrint(({ api }) => api.rules.$get()));
};

interface SpeakerWords {
  readonly unit: string;
  readonly volume?: string;
}

interface UserWords {
  readonly name?: string;
  readonly unit?: string;
  readonly roles: string;
}

const addMaking = (program: Command): void => {
  program
    .command('add-speaker')
    .argument('<name>', text('speakerName'))
    .requiredOption('--unit <id>', text('speakerUnit'))
    .option('--volume <percent>', text('speakerVolume'))
    .description(text('addSpeaker'))
    .action((name: string, { unit, volume }: SpeakerWords) =>
      callAndPrint(({ api }) =>
        api.speakers.$post({
          json: { name, unit, ...(volume === undefined ? {} : { volume: Number(volume) }) },
        }),
      ),
    );
  program
    .command('issue-code')
    .argument('<speaker>', text('speakerId'))
    .description(text('issueCode'))
    .action((id: string) =>
      callAndPrint(({ api }) => api.speakers[':id'].code.$post({ param: { id } })),
    );
  program
    .command('add-user')
    .argument('<user>', text('userName'))
    .requiredOption('--roles <list>', text('userRoles'))
    .option('--name <name>', text('userFullName'))
    .option('--unit <id>', text('userUnit'))
    .description(text('addUser'))
    .action((username: string, { name, roles, unit }: UserWords) =>
      callAndPrint(({ api }) =>
        api.users.$post({
          json: {
            username,
            name: name ?? username,
            roles: roles.split(',') as UserRole[],
            ...(unit !== undefined && { unit }),
          },
        }),
      ),
    );
};

interface LimitWords {
  readonly volume?: string;
  readonly minutes?: string;
}

const showOrSetLimits = ({ volume, minutes }: LimitWords): Promise<void> => {
  if (volume === undefined && minutes === undefined) {
    return callAndPrint(({ api }) => api.limits.$get());
  }
  const json = {
    ...(volume !== undefined && { maxVolume: Number(volume) }),
    ...(minutes !== undefined && { maxContinuousMin: Number(minutes) }),
  };
  return callAndPrint(({ api }) => api.limits.$post({ json }));
};

const addLimits = (program: Command): void => {
  program
    .command('limits')
    .option('--volume <percent>', text('limitsVolume'))
    .option('--minutes <count>', text('limitsMinutes'))
    .description(text('limits'))
    .action(showOrSetLimits);
  program
    .command('four-eyes')
    .addArgument(new Argument('<demand>', text('fourEyesDemand')).choices(['on', 'off']))
    .description(text('fourEyes'))
    .action((demand: string) =>
      callAndPrint(({ api }) =>
        api.settings['four-eyes'].$post({ json: { fourEyes: demand === 'on' } }),
      ),
    );
};

/** What the site is made of, and what an administrator adds to it. */
export const addSiteCommands = (program: Command): void => {
  addReading(program);
  addMaking(program);
  addLimits(program);
};
