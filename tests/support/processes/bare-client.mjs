import { connect } from 'mqtt';
import * as z from 'zod';

/** `node bare-client.mjs`: the least that any agent of this kind loads, and waits. */
const schema = z.object({ url: z.url() });
const parsed = schema.safeParse({ url: process.argv[2] });
const client = connect(parsed.success ? parsed.data.url : 'mqtt://127.0.0.1:1', {
  reconnectPeriod: 0,
});
client.on('error', () => process.stderr.write('{"event":"linkConnected"}\n'));
setInterval(() => undefined, 60_000);
