import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const module = pathToFileURL(join(import.meta.dirname, '../../cli/end-unread.ts')).href;
/** Runs what follows with a standard output that nobody reads. */
const nobodyReads = ['-c', 'exec 3> >(:); wait $!; "$@" >&3', 'bash'];

test('a server or a speaker goes on when nobody reads what it prints any more', async () => {
  const program = `
    import { once } from 'node:events';
    import { setImmediate } from 'node:timers/promises';
    import { endWhenUnread } from '${module}';
    endWhenUnread();
    process.on('SIGTERM', () => process.exit(1));
    for (let line = 0; line < 3; line += 1) {
      process.stdout.write('line\\n');
      await once(process.stdout, 'error');
      await setImmediate();
    }
    process.stderr.write('went on');
  `;
  const words = [process.execPath, '--input-type=module', '--eval', program];
  const { stderr } = await promisify(execFile)('bash', [...nobodyReads, ...words]);
  expect(stderr).toBe('went on');
});
