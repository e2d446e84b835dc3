import { expect, test } from 'vitest';
import { createIngestPlace } from '../support/ingest-place.ts';
import { fuzzContainers } from '../support/mutated-containers.ts';

const SEED = 20_261_122;
const COUNT = 17;

test('damaged and forged containers are refused by name or become clips that are what their hash says', async () => {
  const place = await createIngestPlace();
  try {
    const outcome = await fuzzContainers(place, { seed: SEED, count: COUNT });
    expect(Object.values(outcome).reduce((sum, each) => sum + each, 0)).toBe(COUNT);
    expect(Object.keys(outcome).length, 'some are refused').toBeGreaterThan(1);
  } finally {
    await place.remove();
  }
});
