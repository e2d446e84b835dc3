import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { RunningServer } from '#server/main.ts';

const MAIN = join(import.meta.dirname, '..', '..', '..', 'cli', 'main.ts');

/** The program of a speaker, as a process of its own. */
export interface SpeakerProgram {
  stop(): Promise<void>;
}

/**
 * Enrols the speaker that waits at the server and runs its program in `folder`; resolves when it is
 * up. Without further settings it plays into the null output, in real time.
 */
export const runSpeaker = async (
  server: RunningServer,
  folder: string,
  settings: Readonly<Record<string, string>> = { TIENG_LANG_AGENT_AUDIO_OUTPUT: 'null' },
): Promise<SpeakerProgram> => {
  const issued = await server.issueCodeForWaitingSpeaker();
  if (issued === undefined) throw new Error('no speaker waits for its machine');
  const child = fork(MAIN, ['agent'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      TIENG_LANG_AGENT_FOLDER: join(folder, 'agent'),
      TIENG_LANG_AGENT_SERVER_URL: server.url,
      TIENG_LANG_AGENT_ENROL_CODE: issued.code,
      TIENG_LANG_AGENT_LOG_LEVEL: 'error',
      ...settings,
    },
  });
  const ended = once(child, 'exit');
  const [answer] = await Promise.race([once(child, 'message'), ended]);
  if (answer?.kind !== 'ready')
    throw new Error(`the speaker did not start: ${JSON.stringify(answer)}`);
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
