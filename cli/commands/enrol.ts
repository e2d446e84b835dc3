import type { Command } from 'commander';
import { printLine, reportProblem } from '../outcome.ts';
import { text } from '../text.ts';

interface EnrolWords {
  readonly server: string;
  readonly code: string;
  readonly ca?: string;
}

const enrol = async ({ server, code, ca }: EnrolWords): Promise<void> => {
  const { enrolAgent } = await import('#player-agent/main.ts');
  const from = { environment: process.env, workingFolder: process.cwd() };
  const granted = await enrolAgent(from, {
    serverUrl: server,
    code,
    ca,
  });
  if (!granted.ok) return reportProblem(granted.problem);
  printLine(text('enrolled', { speaker: granted.value.speaker, site: granted.value.site }));
};

/** `enrol --server URL --code CODE`: makes this machine a speaker. */
export const addEnrolCommand = (program: Command): void => {
  program
    .command('enrol')
    .description(text('enrol'))
    .requiredOption('--server <url>', text('enrolServer'))
    .requiredOption('--code <code>', text('enrolCode'))
    .option('--ca <file-or-fingerprint>', text('enrolCa'))
    .action(enrol);
};
