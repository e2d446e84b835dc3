import { readFileSync } from 'node:fs';
import { connectAsync } from 'mqtt';

/**
 * A program of its own: signs in to the broker at a URL, trusting the certificate of a file or nobody
 * but the machine's own authorities, and prints `connected` or why not.
 */
const [url = '', username = '', password = '', caPath = ''] = process.argv.slice(2);

const connectTimeout = 5000;
const ca = caPath === '' ? {} : { ca: readFileSync(caPath) };
const credentials = { clientId: username, username, password, protocolVersion: 4 } as const;

try {
  const options = { ...credentials, ...ca, connectTimeout, reconnectPeriod: 0 };
  const client = await connectAsync(url, options, false);
  await client.endAsync();
  process.stdout.write('connected');
} catch (error) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  process.stdout.write(String(code ?? error));
}
process.exit();
