import { describe, expect, test } from 'vitest';
import { contracts } from '#schemas/json-schema.ts';
import { UNREAD_STATUS } from '../../cli/end-unread.ts';
import { runCli } from '../support/run-cli.ts';

const commands = [
  'up',
  'server',
  'agent',
  'enrol',
  'set-time',
  'test-tone',
  'verify',
  'schema',
  'sign-in',
  'upload',
  'change-bulletin',
  'comment',
  'thread',
  'four-eyes',
  'play',
  'restart',
  'ask-for-log',
  'set-volume',
  'make-good',
  'permit',
  'set-programme',
  'settings',
];

describe('the command line', () => {
  test('lists its commands in the language of the terminal', async () => {
    const english = await runCli(['--help']);
    const vietnamese = await runCli(['--help'], { environment: { TIENG_LANG_LANGUAGE: 'vi' } });
    for (const command of commands) {
      expect(english.output).toContain(`\n  ${command} `);
      expect(vietnamese.output).toContain(`\n  ${command} `);
    }
    expect(english.output).toContain('Commands:');
    expect(vietnamese.output).toContain('Lệnh:');
    expect([english.status, vietnamese.status]).toEqual([0, 0]);
  });

  test.each(commands)('%s explains itself', async (command) => {
    const { status, output } = await runCli([command, '--help']);
    expect(status).toBe(0);
    expect(output).toMatch(new RegExp(`^Usage: tieng-lang ${command}`));
  });

  test.each([
    { words: ['bay-len'], names: 'bay-len', why: 'an unknown command' },
    { words: ['schema', '--loud'], names: '--loud', why: 'an unknown option' },
    { words: ['verify', '--key', 'x'], names: 'log', why: 'an argument is missing' },
    { words: ['enrol', '--code', 'ABCD'], names: '--server', why: 'a required option is missing' },
    { words: ['enrol', '--code'], names: '--code', why: 'an option lacks its value' },
    { words: ['units', 'x'], names: 'units', why: 'an argument too many' },
  ])(
    'says in one Vietnamese sentence what is wrong with a call: $why',
    async ({ words, names }) => {
      const environment = { TIENG_LANG_LANGUAGE: 'vi' };
      const { status, output, errors } = await runCli(words, { environment });
      expect(status).toBe(2);
      expect(output).toBe('');
      expect(errors.trim().split('\n')).toHaveLength(1);
      expect(errors).toContain(names);
      expect(errors).toContain('--help');
      expect(errors).not.toMatch(/error|unknown|missing|required/);
    },
  );

  test('prints the JSON Schema of any contract, and the names of all', async () => {
    const names = (await runCli(['schema'])).output.trim().split('\n');
    expect(names).toEqual(Object.keys(contracts));
    const { output } = await runCli(['schema', 'log-record']);
    expect(JSON.parse(output)).toHaveProperty('$schema');
    const unknown = await runCli(['schema', 'no-such']);
    expect(unknown.status).toBe(2);
    expect(unknown.errors).toContain('"code":"notFound"');
  });

  test('a reader that leaves before the end, as `| head` does, ends a command without a trace', async () => {
    const nobodyReads = ['bash', '-c', 'exec 3> >(:); wait $!; "$@" >&3', 'bash'];
    const { status, errors } = await runCli(['schema', 'log-record'], { before: nobodyReads });
    expect(errors).toBe('');
    expect(status).toBe(UNREAD_STATUS);
  });

  test('all mistakes of a configuration are reported at once, by the names people set', async () => {
    const environment = { TIENG_LANG_HTTP_PORT: 'many', TIENG_LANG_LOG_LEVEL: 'loud' };
    const { status, errors } = await runCli(['server'], { environment });
    expect(status).toBe(2);
    expect(errors).toContain('TIENG_LANG_HTTP_PORT');
    expect(errors).toContain('TIENG_LANG_LOG_LEVEL');
  });

  test('a call without a sign-in says so', async () => {
    const environment = { TIENG_LANG_SESSION: '/nowhere/session.json' };
    const { status, errors } = await runCli(['bulletins'], { environment });
    expect(status).toBe(2);
    expect(errors).toContain('"code":"notSignedIn"');
  });
});
