import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const LISTENING = /listening on .*?:(\d+)/i;
export const S3_BUCKET = 'clips';

/** A real S3-compatible server in a process and folder of its own, on a free local port. */
export const startS3Server = async () => {
  const folder = await mkdtemp(join(tmpdir(), 's3rver-'));
  const root = dirname(require.resolve('s3rver/package.json'));
  const where = ['-d', folder, '-a', '127.0.0.1', '-p', '0', '--configure-bucket', S3_BUCKET];
  const server = spawn(process.execPath, [join(root, 'bin', 's3rver.js'), ...where]);
  const ended = new Promise<void>((resolve) => server.on('close', () => resolve()));
  const port = await new Promise<string>((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const found = LISTENING.exec(said)?.[1];
      if (found) resolve(found);
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    void ended.then(() => reject(new Error(`s3rver ended: ${said}`)));
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    folder,
    stop: async () => {
      server.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
};
