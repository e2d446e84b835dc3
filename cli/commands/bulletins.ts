import { openAsBlob } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { type Connection, callAndPrint, listAndPrint } from '../client/api.ts';
import { reportProblem } from '../outcome.ts';
import { text } from '../text.ts';
import { type BulletinWords, withBulletinWords, wordsToFacts } from './bulletin-words.ts';

type BringWords = BulletinWords & { readonly replaces?: string };

/** What stands in the file, or undefined when it cannot be read, which is said. */
const opened = async <T>(
  path: string,
  open: (path: string) => Promise<T>,
): Promise<T | undefined> => {
  try {
    return await open(path);
  } catch {
    // Missing, forbidden, a folder: one sentence says what to do.
    reportProblem({ code: 'fileUnreadable', path });
    return undefined;
  }
};

const upload = async (path: string, words: BringWords): Promise<void> => {
  const body = await opened(path, openAsBlob);
  if (body === undefined) return;
  const { replaces, ...said } = words;
  const { campaigns = [], units = [], validFromMs, expiresMs, ...facts } = wordsToFacts(said);
  const query = {
    title: basename(path),
    ...facts,
    ...(replaces !== undefined && { replaces }),
    ...(validFromMs !== undefined && { validFromMs: `${validFromMs}` }),
    ...(expiresMs !== undefined && { expiresMs: `${expiresMs}` }),
    campaigns: campaigns.join(','),
    units: units.join(','),
  };
  await callAndPrint(({ api, authorization }: Connection) =>
    fetch(api.bulletins.audio.$url({ query }), {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/octet-stream' },
      body,
    }),
  );
};

const write = async (path: string, { replaces, ...words }: BringWords): Promise<void> => {
  const script = await opened(path, (file) => readFile(file, 'utf8'));
  if (script === undefined) return;
  const named = replaces === undefined ? {} : { replaces };
  const json = { title: basename(path), text: script, ...named, ...wordsToFacts(words) };
  await callAndPrint(({ api }) => api.bulletins.text.$post({ json }));
};

const addBringing = (program: Command): void => {
  for (const { name, argument, action } of [
    { name: 'upload', argument: 'uploadFile', action: upload },
    { name: 'write', argument: 'writeFile', action: write },
  ] as const) {
    withBulletinWords(program.command(name).argument('<file>', text(argument)))
      .option('--replaces <bulletin>', text('bulletinReplaces'))
      .description(text(name))
      .action(action);
  }
  program
    .command('bulletins')
    .description(text('bulletins'))
    .action(() => listAndPrint(({ api }, query) => api.bulletins.$get({ query })));
};

const addJudging = (program: Command): void => {
  const bulletin = (name: 'release' | 'reject' | 'withdraw' | 'submit') =>
    program.command(name).argument('<bulletin>', text('bulletinId')).description(text(name));
  bulletin('submit').action((id: string) =>
    callAndPrint(({ api }) => api.bulletins[':id'].submit.$post({ param: { id } })),
  );
  bulletin('release')
    .requiredOption('--clip <sha256>', text('releaseClip'))
    .action((id: string, { clip }: { readonly clip: string }) =>
      callAndPrint(({ api }) =>
        api.bulletins[':id'].release.$post({ param: { id }, json: { clip } }),
      ),
    );
  bulletin('reject')
    .requiredOption('--reason <text>', text('rejectReason'))
    .action((id: string, { reason }: { readonly reason: string }) =>
      callAndPrint(({ api }) =>
        api.bulletins[':id'].reject.$post({ param: { id }, json: { reason } }),
      ),
    );
  bulletin('withdraw').action((id: string) =>
    callAndPrint(({ api }) => api.bulletins[':id'].withdraw.$post({ param: { id } })),
  );
};

const addDescribing = (program: Command): void => {
  withBulletinWords(program.command('change-bulletin').argument('<bulletin>', text('bulletinId')))
    .description(text('changeBulletin'))
    .action((id: string, words: BulletinWords) =>
      callAndPrint(({ api }) =>
        api.bulletins[':id'].facts.$post({ param: { id }, json: wordsToFacts(words) }),
      ),
    );
  program
    .command('comment')
    .argument('<bulletin>', text('bulletinId'))
    .argument('<text>', text('commentText'))
    .description(text('comment'))
    .action((id: string, written: string) =>
      callAndPrint(({ api }) =>
        api.bulletins[':id'].comments.$post({ param: { id }, json: { text: written } }),
      ),
    );
  program
    .command('thread')
    .argument('<bulletin>', text('bulletinId'))
    .description(text('thread'))
    .action((id: string) =>
      callAndPrint(({ api }) => api.bulletins[':id'].thread.$get({ param: { id } })),
    );
};

/** Bringing bulletins, and deciding what becomes of them. */
export const addBulletinCommands = (program: Command): void => {
  addBringing(program);
  addDescribing(program);
  addJudging(program);
};
