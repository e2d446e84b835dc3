import { join } from 'node:path';
import type { Logger } from '#runtime/logger.ts';
import { createExclusive } from '../exclusive.ts';
import type { RecordWriter } from '../log/record-writer.ts';
import type { Disk } from '../ports/disk.ts';
import { COMMAND_BOUND_MS, type RunCommand } from './run-command.ts';

/** How an amplifier is switched; empty words switch nothing. */
export interface AmplifierSettings {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** How long it takes from the command until it sounds, in milliseconds. */
  readonly warmUpMs: number;
  readonly run: RunCommand;
}

export interface AmplifierParts {
  readonly amplifier: AmplifierSettings;
  readonly disk: Disk;
  readonly folder: string;
  readonly logger: Logger;
  readonly writer: Pick<RecordWriter, 'write'>;
  /** Lets work go on beside the agent's queue, which waits for none of it. */
  readonly track: (work: Promise<unknown>) => void;
}

/** Switches the amplifier on before sound and off after it. */
export interface AmplifierKeeper {
  /** How long before a session's start it is to be switched on, in milliseconds. */
  readonly leadMs: number;
  /** Whether something sounds, or will within `leadMs`; returns at once. */
  want(isOn: boolean): void;
  /** Switches it off; resolves when that is done, within the bounds of two commands. */
  close(): Promise<void>;
}

/**
 * The keeper of one amplifier. That it is on stands on disk before the command is run, so that after a
 * crash it is switched off when nothing sounds. Each command leaves a record; none is waited for by
 * what sounds.
 */
export const openAmplifier = async (parts: AmplifierParts): Promise<AmplifierKeeper> => {
  const { amplifier, disk, logger, writer } = parts;
  const path = join(parts.folder, 'amplifier.json');
  const exclusive = createExclusive();
  let isOn = (await disk.read(path)) !== undefined;
  const run = async (command: 'before' | 'after'): Promise<void> => {
    const words = amplifier[command];
    if (words.length === 0) return;
    const end = await amplifier.run(words);
    logger.info({ event: 'amplifier', command, ...end });
    await writer.write({ kind: 'amplifier', command, ...end });
  };
  const switchOn = async () => {
    const written = await disk.write(path, JSON.stringify({ on: true }));
    if (!written.ok) logger.error({ event: 'amplifierNotNoted', problem: written.problem });
    await run('before');
  };
  const switchOff = async () => {
    await run('after');
    await disk.remove(path);
  };
  const want = (wanted: boolean): Promise<void> | null => {
    if (wanted === isOn) return null;
    isOn = wanted;
    return exclusive(wanted ? switchOn : switchOff);
  };
  return {
    leadMs: amplifier.warmUpMs + COMMAND_BOUND_MS,
    want: (wanted) => {
      const work = want(wanted);
      if (work !== null) parts.track(work);
    },
    close: async () => {
      await want(false);
      await exclusive(async () => undefined);
    },
  };
};
