import type { Clock, Timer } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { Playback, PlaybackRequest, Player } from '../ports/player.ts';
import { mpvArguments } from './mpv-arguments.ts';
import type { MpvEvent } from './mpv-ipc.ts';
import { loadPaused, type Subscribe } from './mpv-loading.ts';
import { createMpvPlayback, type MpvPlayback } from './mpv-playback.ts';
import { createMpvProcess } from './mpv-process.ts';
import type { ChosenOutput } from './output-device.ts';
import { createOutputWatch } from './output-watch.ts';
import { createReleaseLead } from './release-lead.ts';
import { createWantedDevice } from './wanted-device.ts';

export interface MpvPlayerOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly output: ChosenOutput;
  /** The program, by name or path. */
  readonly mpvPath: string;
  /** A name no other player of this machine has; used where connections cannot be inherited. */
  readonly pipeName: string;
  readonly env: NodeJS.ProcessEnv;
}

/** How often the device that was set is looked for between lists. */
const DEVICE_LOOK_MS = 30_000;

/** A mpv that says this, or nothing, gets no second list: the next one finds a new mpv. */
const stuck: ReadonlySet<string> = new Set(['notAnswering', 'notReady', 'busy']);

type Failure = ProblemOf<'audioToolFailed'> | ProblemOf<'audioToolMissing'>;

/**
 * A player over one mpv, which is started now and again when it has died. Errors: audioToolMissing
 * when there is no mpv, audioToolFailed when it cannot be spoken with. Source: PLATFORM.md, sound.
 */
export const createMpvPlayer = async (
  options: MpvPlayerOptions,
): Promise<Result<Player, Failure>> => {
  const { clock, log, output } = options;
  const listeners = new Set<(event: MpvEvent) => void>();
  const publish = (event: MpvEvent) => {
    for (const listener of listeners) listener(event);
  };
  const subscribe: Subscribe = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  let isSparing = true;
  const mpv = createMpvProcess({
    ...options,
    argumentsFor: (ipc) => mpvArguments(output, { ipc, isSparing }),
    onEvent: publish,
    onExit: () => publish({ event: 'exited', reason: null, error: null, entryId: null }),
  });
  const askVersion = async () => {
    const running = await mpv.running();
    return running.ok ? running.value.command('get_property', 'mpv-version') : running;
  };
  let version = await askVersion();
  if (!version.ok && detailOf(version.problem) === 'closed') {
    log.warn({ event: 'mpvRefusedToStart', remedy: 'fewer options' });
    isSparing = false;
    version = await askVersion();
  }
  if (!version.ok) {
    await mpv.close();
    return version;
  }

  const lead = createReleaseLead();
  const wanted = createWantedDevice(output.device, log);
  const outputs = createOutputWatch(output.ao, log);
  let busy = false;
  let closed = false;
  /** Notices between lists, too, that the device has gone or come. */
  const lookAgain = () => {
    timer = clock.at(clock.positionMs() + DEVICE_LOOK_MS, () => void lookNow());
  };
  const lookNow = async () => {
    const running = busy ? null : await mpv.running();
    if (running?.ok && !busy) await wanted.choose(running.value);
    if (!closed) lookAgain();
  };
  let timer: Timer | null = null;
  if (output.device !== null) lookAgain();
  const prepare = async (request: PlaybackRequest): Promise<Result<Playback, Failure>> => {
    const running = await mpv.running(request.isUrgent);
    if (!running.ok) return running;
    await wanted.choose(running.value);
    const loaded = await loadPaused(running.value, request, { clock, subscribe });
    if (!loaded.ok) {
      if (stuck.has(loaded.problem.detail)) mpv.kill();
      return loaded;
    }
    const playback: MpvPlayback = createMpvPlayback({
      clock,
      log,
      ipc: running.value,
      request,
      lead,
      kill: mpv.kill,
      onFinished: () => {
        unsubscribe();
        busy = false;
      },
    });
    const hear = (event: MpvEvent) => {
      playback.hear(event);
      // mpv has opened an output anew: the one that it had may be gone.
      if (event.event === 'audio-reconfig') void outputs.look(running.value);
    };
    const unsubscribe = subscribe(hear);
    await outputs.look(running.value);
    return ok(playback);
  };
  return ok({
    prepare: async (request) => {
      if (busy) return refuse({ code: 'audioToolFailed', detail: 'busy' });
      busy = true;
      const prepared = await prepare(request);
      busy = prepared.ok;
      if (prepared.ok) return prepared;
      return refuse({ code: 'audioToolFailed', detail: detailOf(prepared.problem) });
    },
    output: () => ({
      driver: output.driver,
      device: output.device,
      isFallback: wanted.isMissing() || outputs.isFallback(),
      version: String(version.value),
    }),
    close: () => {
      closed = true;
      timer?.cancel();
      return mpv.close();
    },
  });
};

const detailOf = (problem: Failure): string =>
  problem.code === 'audioToolMissing' ? problem.tool : problem.detail;
