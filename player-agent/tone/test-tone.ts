import { sha256 } from '#runtime/signing.ts';
import type { ClipReference } from '#schemas/playlist.ts';

const RATE_HZ = 48_000;
const TONE_HZ = 1_000;
const DURATION_MS = 3_000;
/** A tenth of full scale, -20 dB: as loud as speech, and no fright. */
const AMPLITUDE = 0.1;
/** It comes and goes over so long, so that it does not click. */
const FADE_MS = 20;
const MS_PER_S = 1_000;
const HEADER_BYTES = 44;
const SAMPLE_BYTES = 2;
const MAX_SAMPLE = 32_767;

/** Three seconds of 1 kHz: the bytes of a WAV file, and what a slot says of it. */
export interface TestTone {
  readonly bytes: Uint8Array;
  readonly clip: ClipReference;
}

const sampleAt = (index: number, count: number): number => {
  const fade = (FADE_MS * RATE_HZ) / MS_PER_S;
  const gain = Math.min(1, index / fade, (count - 1 - index) / fade);
  return Math.sin((2 * Math.PI * TONE_HZ * index) / RATE_HZ) * AMPLITUDE * gain;
};

/** One channel of 16 bits. Source: Multimedia Programming Interface and Data Specifications 1.0. */
const header = (dataBytes: number): Buffer => {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE_HZ, 24);
  bytes.writeUInt32LE(RATE_HZ * SAMPLE_BYTES, 28);
  bytes.writeUInt16LE(SAMPLE_BYTES, 32);
  bytes.writeUInt16LE(SAMPLE_BYTES * 8, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(dataBytes, 40);
  return bytes;
};

/** Makes the tone; the same bytes each time. */
export const makeTestTone = (): TestTone => {
  const count = (DURATION_MS * RATE_HZ) / MS_PER_S;
  const data = Buffer.alloc(count * SAMPLE_BYTES);
  for (let index = 0; index < count; index += 1) {
    data.writeInt16LE(Math.round(sampleAt(index, count) * MAX_SAMPLE), index * SAMPLE_BYTES);
  }
  const bytes = Buffer.concat([header(data.length), data]);
  return {
    bytes,
    clip: { sha256: sha256(bytes), bytes: bytes.length, durationMs: DURATION_MS },
  };
};
