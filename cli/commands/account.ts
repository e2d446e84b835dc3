import type { Command } from 'commander';
import type { Problem } from '#schemas/problem.ts';
import { answered, connect } from '../client/api.ts';
import { readSecret } from '../client/read-secret.ts';
import { forgetSession, keepSession, readSession } from '../client/session-file.ts';
import { printLine, reportProblem } from '../outcome.ts';
import { text } from '../text.ts';

const notSignedIn: Problem = { code: 'notSignedIn' };
const PASSWORD = 'TIENG_LANG_PASSWORD';
const NEW_PASSWORD = 'TIENG_LANG_NEW_PASSWORD';

interface SignInWords {
  readonly server: string;
  readonly user: string;
}

const signIn = async ({ server, user: username }: SignInWords): Promise<void> => {
  const password = await readSecret(PASSWORD, text('askPassword'));
  const { api } = connect({ server, token: '' });
  const signedIn = await answered(server, api['sign-in'].$post({ json: { username, password } }));
  if (signedIn === undefined) return;
  await keepSession({ server, token: signedIn.token });
  printLine(text('signedIn', { username, server }));
  if (signedIn.user.passwordChangeRequired) printLine(text('changePasswordNow'));
};

const signOut = async (): Promise<void> => {
  const session = await readSession();
  if (session === undefined) return reportProblem(notSignedIn);
  const left = await answered(session.server, connect(session).api['sign-out'].$post());
  if (left !== undefined) await forgetSession();
};

const changePassword = async (): Promise<void> => {
  const session = await readSession();
  if (session === undefined) return reportProblem(notSignedIn);
  const currentPassword = await readSecret(PASSWORD, text('askPassword'));
  const newPassword = await readSecret(NEW_PASSWORD, text('askNewPassword'));
  const { api, server } = connect(session);
  const json = { currentPassword, newPassword };
  const changed = await answered(server, api.password.$post({ json }));
  if (changed === undefined) return;
  await keepSession({ server, token: changed.token });
  printLine(text('passwordChanged'));
};

/** `sign-in`, `sign-out` and `password`. */
export const addAccountCommands = (program: Command): void => {
  program
    .command('sign-in')
    .description(text('signIn'))
    .requiredOption('--user <name>', text('signInUser'))
    .option('--server <url>', text('signInServer'), 'http://127.0.0.1:8080')
    .action(signIn);
  program.command('sign-out').description(text('signOut')).action(signOut);
  program.command('password').description(text('password')).action(changePassword);
};
