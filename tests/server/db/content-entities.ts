import type { Clip } from '#schemas/entities/bulletin.ts';
import type { Upload } from '#schemas/entities/upload.ts';

/** An upload that was refused, with a value in every field but its bulletin. */
export const upload: Upload = {
  id: '01900000-0000-7000-8000-000000000022',
  owner: '01900000-0000-7000-8000-000000000012',
  fileName: 'Bản tin sáng.wav',
  mark: 'a1',
  bytes: 1000,
  description: { title: 'Bản tin sáng' },
  step: 'refused',
  source: 'e'.repeat(64),
  problem: { code: 'audioSilent', loudnessLufs: null },
  bulletin: null,
  createdMs: 4,
  changedMs: 5,
};

/** A clip of a minute. */
export const clip: Clip = {
  sha256: 'a'.repeat(64),
  bytes: 1000,
  durationMs: 60_000,
  loudnessLufs: -16.1,
  truePeakDbtp: -1.5,
  createdMs: 3,
};
