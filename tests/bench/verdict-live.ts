import { systemClock } from '#runtime/clock.ts';
import { firstAdministrator } from '../support/api-caller.ts';
import { openLiveClient } from '../support/live-client.ts';
import { openOwingSpeaker } from '../support/owing-speaker.ts';
import { createServerPlace } from '../support/running-server.ts';
import { type Figure, median } from './figure.ts';

const RECORDS = 40;

const clock = systemClock();

/**
 * From a speaker that sends its records to the open screen that is told which verdict they changed,
 * beside the same way without a verdict: sent, checked, stored and told.
 */
export async function* figures(): AsyncGenerator<Figure> {
  const place = await createServerPlace();
  const server = await place.run();
  const administrator = await firstAdministrator(server);
  const owing = await openOwingSpeaker(server, place.dataFolder, administrator);
  const screen = await openLiveClient(server.url, administrator.token);
  const storedMs: number[] = [];
  const judgedMs: number[] = [];
  try {
    for (let index = 0; index < RECORDS; index += 1) {
      const startMs = clock.positionMs();
      await owing.air();
      await screen.next(({ kind }) => kind === 'recordStored');
      storedMs.push(clock.positionMs() - startMs);
      await screen.next(({ kind }) => kind === 'verdictsChanged');
      judgedMs.push(clock.positionMs() - startMs);
    }
  } finally {
    screen.leave();
    await owing.close();
    await server.stop();
    await place.remove();
  }
  const [value, raw] = [median(judgedMs), median(storedMs)];
  yield {
    figure: 'from a record sent to the open screen that is told its verdict',
    value,
    raw,
    unit: 'ms',
    rawWhat: 'the same record checked, stored and told without its verdict',
    ratio: value / raw,
  };
}
