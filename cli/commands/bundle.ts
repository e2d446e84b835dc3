import { createWriteStream, openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { answered, callAndPrint, connect } from '../client/api.ts';
import { readSession } from '../client/session-file.ts';
import { printLine, reportProblem } from '../outcome.ts';
import { text } from '../text.ts';

interface WriteWords {
  readonly unit?: string;
  readonly speaker?: string[];
}

/** Writes the bundle as it comes; a file that is not whole is refused by every speaker. */
const write = async (path: string, { unit, speaker }: WriteWords): Promise<void> => {
  const session = await readSession();
  if (session === undefined) return reportProblem({ code: 'notSignedIn' });
  const { server, authorization, api } = connect(session);
  const query = {
    ...(unit !== undefined && { unit }),
    ...(speaker !== undefined && { speakers: speaker.join(',') }),
  };
  const asked = fetch(api.bundle.$url({ query }), { headers: { authorization } });
  const bytes = await answered(server, asked, { read: async (response) => response.body });
  if (bytes === undefined || bytes === null) return;
  try {
    await pipeline(Readable.fromWeb(bytes), createWriteStream(path, { flush: true }));
  } catch {
    // The file cannot be written, or the server went away.
    return reportProblem({ code: 'folderNotWritable', path });
  }
  printLine(text('bundleWritten', { path }));
};

const take = async (paths: string[]): Promise<void> => {
  for (const path of paths) {
    const body = await openAsBlob(path).catch(() => undefined);
    if (body === undefined) reportProblem({ code: 'fileUnreadable', path });
    else {
      await callAndPrint(({ api, authorization }) =>
        fetch(api.bundle.logs.$url(), {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/octet-stream' },
          body,
        }),
      );
    }
  }
};

/** What villages without a network get on a USB stick, and the logs that come back on it. */
export const addBundleCommands = (program: Command): void => {
  const bundle = program.command('bundle').description(text('bundle'));
  bundle
    .command('write')
    .argument('<file>', text('bundleFile'))
    .option('--unit <id>', text('bundleUnit'))
    .option('--speaker <ids...>', text('speakerIds'))
    .description(text('bundleWrite'))
    .action(write);
  bundle
    .command('take')
    .argument('<logs...>', text('bundleLogs'))
    .description(text('bundleTake'))
    .action(take);
};
