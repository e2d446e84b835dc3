import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { answered, callAndPrint, connect } from '../client/api.ts';
import { readSession } from '../client/session-file.ts';
import { printLine, reportProblem } from '../outcome.ts';
import { text } from '../text.ts';

interface LogWords {
  readonly export?: string;
}

/** Writes the speaker's signed records, as they came, to a file that `verify` takes. */
const exportLog = async (id: string, path: string): Promise<void> => {
  const session = await readSession();
  if (session === undefined) return reportProblem({ code: 'notSignedIn' });
  const { api, server } = connect(session);
  const lines = await answered(server, api.speakers[':id'].log.export.$get({ param: { id } }), {
    read: async (response) => response.body,
  });
  if (lines === undefined || lines === null) return;
  try {
    await pipeline(Readable.fromWeb(lines), createWriteStream(path, { mode: 0o600 }));
  } catch {
    // The file cannot be written, or the server went away: nothing else was touched.
    return reportProblem({ code: 'folderNotWritable', path });
  }
  printLine(text('logExported', { path }));
};

const showLog = (id: string, words: LogWords): Promise<void> =>
  words.export === undefined
    ? callAndPrint(({ api }) => api.speakers[':id'].log.$get({ param: { id }, query: {} }))
    : exportLog(id, words.export);

/** What was aired, as speakers signed it, and what the rules say of it. */
export const addEvidenceCommands = (program: Command): void => {
  program
    .command('log')
    .argument('<speaker>', text('speakerId'))
    .option('--export <file>', text('logExport'))
    .description(text('log'))
    .action(showLog);
  program
    .command('health')
    .argument('<speaker>', text('speakerId'))
    .description(text('health'))
    .action((id: string) =>
      callAndPrint(({ api }) => api.speakers[':id'].health.$get({ param: { id } })),
    );
  program
    .command('readiness')
    .description(text('readiness'))
    .action(() => callAndPrint(({ api }) => api.readiness.$get()));
  program
    .command('verdicts')
    .option('--day <day>', text('day'))
    .description(text('verdicts'))
    .action(({ day }: { readonly day?: string }) =>
      callAndPrint(({ api }) => api.verdicts.$get({ query: day === undefined ? {} : { day } })),
    );
};
