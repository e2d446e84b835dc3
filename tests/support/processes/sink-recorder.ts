import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

/**
 * The recording process: `node sink-recorder.ts SOURCE FILE RATE LATENCY` appends what the source carries to
 * FILE (s16le mono) and prints one line of JSON for every piece that arrives: how many samples came
 * up to its end, and when. It ends, with the file
 * complete, when its standard input is closed.
 */
const [source = '', path = '', rate = '', latencyMs = ''] = process.argv.slice(2);
const format = ['--raw', '--format=s16le', '--channels=1', `--rate=${rate}`];
const parec = spawn('parec', [`--device=${source}`, ...format, `--latency-msec=${latencyMs}`], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const file = createWriteStream(path);
let bytes = 0;
parec.stdout.on('data', (piece: Buffer) => {
  const monoMs = Number(process.hrtime.bigint()) / 1e6;
  const wallMs = Date.now();
  bytes += piece.length;
  process.stdout.write(`${JSON.stringify({ samples: bytes >> 1, monoMs, wallMs })}\n`);
  file.write(piece);
});
parec.on('close', () => file.end());
process.stdout.on('error', () => parec.kill('SIGTERM'));
process.stdin.on('end', () => parec.kill('SIGTERM')).resume();
