import { join } from 'node:path';
import * as z from 'zod';
import type { Anchor } from '#schemas/records/clock-state.ts';
import { parseJson } from '../log/record-line.ts';
import type { Disk } from '../ports/disk.ts';

/** How far a technician's watch may be off, in milliseconds. */
const MANUAL_UNCERTAINTY_MS = 30_000;

const manualTimeSchema = z.object({ time: z.iso.datetime({ offset: true }) });

/** Where a technician at the box writes the time: `{"time": "2026-11-22T17:00:00+07:00"}`. */
const manualTimePath = (folder: string): string => join(folder, 'manual-time.json');

/**
 * The technician's time, which holds from the position at which it is read. The file is taken away
 * in reading, so that a later start does not believe an old time.
 */
export const takeManualTime = async (
  disk: Disk,
  folder: string,
  posMs: number,
): Promise<Anchor | undefined> => {
  const path = manualTimePath(folder);
  const bytes = await disk.read(path);
  if (bytes === undefined) return undefined;
  await disk.remove(path);
  const parsed = manualTimeSchema.safeParse(parseJson(bytes));
  if (!parsed.success) return undefined;
  return manualAnchor(posMs, Date.parse(parsed.data.time));
};

/** The anchor of a time that a technician set, in epoch milliseconds. */
export const manualAnchor = (posMs: number, wallMs: number): Anchor => ({
  posMs,
  wallMs: Math.round(wallMs),
  uncertaintyMs: MANUAL_UNCERTAINTY_MS,
  source: 'manual',
});
