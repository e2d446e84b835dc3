import { expect, test } from 'vitest';
import { createIngestPlace } from '../support/ingest-place.ts';
import { fuzzContainers } from '../support/mutated-containers.ts';

const COUNT = 1000;
const TIMEOUT_MS = 3_600_000;
const seed = Number(process.env.TIENG_LANG_TEST_SEED ?? '') || 20_261_123;

test(
  'of a thousand damaged and forged containers none stops the ingest or becomes a clip that differs from its hash',
  async () => {
    const place = await createIngestPlace();
    try {
      const outcome = await fuzzContainers(place, { seed, count: COUNT });
      process.stdout.write(`${JSON.stringify({ seed, ...outcome })}\n`);
      expect(outcome.accepted).toBeGreaterThan(0);
    } finally {
      await place.remove();
    }
  },
  TIMEOUT_MS,
);
