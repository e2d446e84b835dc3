import { open } from 'node:fs/promises';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';

const WAV_HEADER_BYTES = 44;
const DATA_AT = 36;

const failed = (detail: string) => refuse({ code: 'speechFailed' as const, detail });

/**
 * Writes the true lengths into the header of a WAV file: who writes to a pipe cannot know them.
 * Errors: speechFailed when it is no plain WAV file, or one without sound.
 */
export const completeWavHeader = async (
  path: string,
): Promise<Result<void, ProblemOf<'speechFailed'>>> => {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    if (size <= WAV_HEADER_BYTES) return failed('no sound was written');
    const header = Buffer.alloc(WAV_HEADER_BYTES);
    await file.read(header, 0, WAV_HEADER_BYTES, 0);
    const isWav = header.toString('latin1', 0, 4) === 'RIFF';
    if (!isWav || header.toString('latin1', DATA_AT, DATA_AT + 4) !== 'data') {
      return failed('what was written is no WAV file');
    }
    header.writeUInt32LE(size - 8, 4);
    header.writeUInt32LE(size - WAV_HEADER_BYTES, DATA_AT + 4);
    await file.write(header, 0, WAV_HEADER_BYTES, 0);
    return ok(undefined);
  } finally {
    await file.close();
  }
};
