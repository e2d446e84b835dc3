import { expect } from 'vitest';
import { createIngestPlace } from './ingest-place.ts';
import { makeWithFfmpeg } from './speech.ts';

const OVER_S = 2;
/** Decoding goes on for so long behind the bound, and an encoder pads a little. */
const MAX_DECODED_OVER_MS = 1_500;

/** Brings an MP3 whose header tells no length and that lasts longer than `maxClipMs`. */
export const expectUnsaidLengthRefused = async (maxClipMs: number): Promise<void> => {
  const place = await createIngestPlace(maxClipMs);
  try {
    const path = place.path('long-unsaid.mp3');
    const seconds = `${maxClipMs / 1000 + OVER_S}`;
    const sine = ['-f', 'lavfi', '-i', 'sine=r=8000', '-t', seconds, '-b:a', '8k'];
    await makeWithFfmpeg(...sine, '-write_xing', '0', path);
    const result = await place.ingest(path);
    expect(result).toMatchObject({ problem: { code: 'audioTooLong', maxMs: maxClipMs } });
    const decodedMs = !result.ok && 'durationMs' in result.problem ? result.problem.durationMs : 0;
    expect(decodedMs).toBeGreaterThan(maxClipMs);
    expect(decodedMs).toBeLessThan(maxClipMs + MAX_DECODED_OVER_MS);
    expect(await place.leftovers()).toEqual([]);
  } finally {
    await place.remove();
  }
};
