import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#runtime/clock.ts';
import { type ApiCaller, firstAdministrator } from '../support/api-caller.ts';
import { createServerPlace } from '../support/running-server.ts';
import { writeSpeech } from '../support/speech.ts';
import type { Figure } from './figure.ts';

const FILES = 10;
const SPEECH_S = 60;
const QUIET_ASKS = 200;
/** Other sentences for each file. */
const SKIP = 8;

const clock = systemClock();

const askOnce = async (caller: ApiCaller): Promise<number> => {
  const start = clock.positionMs();
  await caller.get('/api/bulletins');
  return clock.positionMs() - start;
};

const percentile95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;

const recordings = async (folder: string): Promise<Uint8Array<ArrayBuffer>[]> => {
  const files: Uint8Array<ArrayBuffer>[] = [];
  for (let number = 0; number < FILES; number += 1) {
    const path = join(folder, 'speech.wav');
    await writeSpeech(path, SPEECH_S, number * SKIP);
    files.push(new Uint8Array(await readFile(path)));
  }
  return files;
};

/**
 * What 95 of 100 requests for the bulletins take at most while ten recordings of a minute that were
 * brought at once become clips, beside the same on a server that has nothing to do.
 */
export async function* figures(): AsyncGenerator<Figure> {
  const place = await createServerPlace();
  const server = await place.run();
  try {
    const caller = await firstAdministrator(server);
    const quiet: number[] = [];
    for (let ask = 0; ask < QUIET_ASKS; ask += 1) quiet.push(await askOnce(caller));
    let left = FILES;
    const uploads = (await recordings(place.folder)).map(async (bytes, number) => {
      const path = `/api/bulletins/audio?title=${number}`;
      const { status } = await caller.call('POST', path, { bytes });
      left -= 1;
      if (status !== 201) throw new Error(`recording ${number}: ${status}`);
    });
    const crowded: number[] = [];
    while (left > 0) crowded.push(await askOnce(caller));
    await Promise.all(uploads);
    const [value, raw] = [percentile95(crowded), percentile95(quiet)];
    const rawWhat = 'the same server with nothing to do';
    const figure = 'httpP95WhileTenFilesAreIngested';
    yield { figure, value, unit: 'ms', raw, rawWhat, ratio: value / raw };
  } finally {
    await server.stop();
    await place.remove();
  }
}
