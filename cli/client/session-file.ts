import { readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { writeFileDurably } from '#runtime/durable-file.ts';

const sessionSchema = z.object({ server: z.url({ protocol: /^https?$/ }), token: z.string() });

/** Where this user is signed in. */
export type Session = z.infer<typeof sessionSchema>;

const sessionPath = (): string =>
  process.env.TIENG_LANG_SESSION ?? join(homedir(), '.config', 'tieng-lang', 'session.json');

/** The session of the last sign-in; undefined when there is none that can be read. */
export const readSession = async (): Promise<Session | undefined> => {
  try {
    return sessionSchema.parse(JSON.parse(await readFile(sessionPath(), 'utf8')));
  } catch {
    // None, or not ours: sign in again.
    return undefined;
  }
};

/** Keeps the session for the next command, for this user of the machine alone. */
export const keepSession = (session: Session): Promise<void> =>
  writeFileDurably(sessionPath(), JSON.stringify(session));

export const forgetSession = (): Promise<void> => rm(sessionPath(), { force: true });
