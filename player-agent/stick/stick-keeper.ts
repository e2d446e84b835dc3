import type { Clock, Timer } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { EnrolmentGrant } from '#schemas/enrolment.ts';
import type { Health } from '#schemas/health.ts';
import type { Stick, StickFile, StickReader } from '../ports/stick.ts';
import { type BundleRefusal, openBundle } from './open-bundle.ts';
import type { HeldBundle, StickClips } from './stick-clips.ts';

/** How often it is looked whether a stick was plugged in, in milliseconds. */
export const STICK_POLL_MS = 5_000;

/** How far the log was written onto a stick: up to which record, 0 when nothing of it was. */
export interface WrittenLog {
  readonly logTo: number;
  /** Whether all of it was. */
  readonly isWhole: boolean;
}

export interface StickKeeperPorts {
  readonly stick: Stick;
  readonly clips: StickClips;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly grant: EnrolmentGrant;
  readonly track: (work: Promise<unknown>) => void;
  /** Takes what the bundle says, as if it had come over the network. */
  readonly take: (bundle: HeldBundle) => Promise<void>;
  /** Writes the log into the bundle's folder and a record about it. */
  readonly giveLog: (bundle: HeldBundle) => Promise<WrittenLog>;
  readonly refuse: (refusal: BundleRefusal, file: StickFile) => void;
  /** Whether a clip that a stick has is still to be copied. */
  readonly isCopying: () => boolean;
  readonly onChange: () => void;
}

/** Looks for sticks, takes what their bundles bring and gives them the log. */
export interface StickKeeper {
  /** What health says of the stick; null when none is plugged in. */
  shown(): NonNullable<Health['stick']> | null;
  stop(): void;
}

/** What became of a bundle that is still there. */
interface Seen {
  readonly bundle: HeldBundle | null;
  readonly written: WrittenLog;
}

const NOTHING_WRITTEN: WrittenLog = { logTo: 0, isWhole: true };

/**
 * A keeper that looks at once and then every `STICK_POLL_MS`: a file system that is mounted over a
 * folder makes no event in it. Each bundle is taken once for each time that it is plugged in.
 */
export const createStickKeeper = (ports: StickKeeperPorts): StickKeeper => {
  const { stick, clips, clock, logger } = ports;
  let seen = new Map<string, Seen>();
  let timer: Timer | undefined;
  let isStopped = false;
  const holdAll = () => clips.hold([...seen.values()].flatMap(({ bundle }) => bundle ?? []));

  const look = async (): Promise<void> => {
    const files = await stick.bundles();
    const keys = new Map(files.map((file) => [`${file.path} ${file.mark}`, file]));
    const stayed = [...seen].filter(([key]) => keys.has(key));
    if (stayed.length < seen.size) {
      seen = new Map(stayed);
      holdAll();
      ports.onChange();
    }
    for (const [key, file] of keys) {
      if (seen.has(key) || isStopped) continue;
      seen.set(key, await readBundle(file, key));
      logger.info({ event: 'stickRead', path: file.path, ...seen.get(key)?.written });
      ports.onChange();
    }
  };
  const readBundle = async (file: StickFile, key: string): Promise<Seen> => {
    const reader = await stick.open(file);
    if (reader === undefined) return { bundle: null, written: NOTHING_WRITTEN };
    const opened = await openAndClose(reader, ports.grant);
    if (!opened.ok) {
      logger.warn({ event: 'stickRefused', path: file.path, problem: opened.problem.problem });
      ports.refuse(opened.problem, file);
      return { bundle: null, written: NOTHING_WRITTEN };
    }
    const bundle = { ...opened.value, file };
    seen.set(key, { bundle, written: NOTHING_WRITTEN });
    holdAll();
    ports.onChange();
    await ports.take(bundle);
    return { bundle, written: await ports.giveLog(bundle) };
  };
  const lookAndGoOn = async (): Promise<void> => {
    await look();
    if (isStopped) return;
    timer = clock.at(clock.positionMs() + STICK_POLL_MS, () => ports.track(lookAndGoOn()));
  };
  ports.track(lookAndGoOn());
  return {
    shown: () => {
      const last = [...seen.values()].at(-1);
      if (last === undefined) return null;
      const { bundle, written } = last;
      const { logTo, isWhole } = written;
      if (bundle === null) return { state: 'refused', bundle: null, logTo };
      const state = ports.isCopying() ? 'reading' : isWhole ? 'done' : 'logNotWhole';
      return { state, bundle: bundle.index.id, logTo };
    },
    stop: () => {
      isStopped = true;
      timer?.cancel();
    },
  };
};

const openAndClose = async (reader: StickReader, grant: EnrolmentGrant) => {
  try {
    return await openBundle(reader, grant);
  } finally {
    await reader.close();
  }
};
