import { join } from 'node:path';
import { heardClips } from '#tests/support/heard.ts';
import { type Program, runProgram, startProgram } from '#tests/support/program.ts';
import { type PulseServer, startPulse } from '#tests/support/pulse.ts';
import { recordSink, type SinkRecording } from '#tests/support/sink-recording.ts';
import type { HeardAt } from './hold-against.ts';

/** A speaker's machine: the agent as a process, and a sound card that can be recorded. */
export interface SoundVillage {
  readonly speaker: string;
  readonly pulse: PulseServer;
  /** Starts the agent, for the first time or again. */
  start(): void;
  /** The agent that was started last. */
  program(): Program;
  /** Records the sink from now on. */
  record(): Promise<void>;
  /** Ends the recording: which of the clips was heard when. */
  heard(clips: readonly string[]): Promise<HeardAt[]>;
}

export interface SoundVillageOptions {
  readonly serverUrl: string;
  readonly code: string;
  readonly speaker: string;
  readonly folder: string;
  /** Whether the agent listens to what its sink plays. */
  readonly listens: boolean;
}

/** Enrols a machine as `tieng-lang enrol` does, with a sound server of its own. */
export const foundSoundVillage = async (options: SoundVillageOptions): Promise<SoundVillage> => {
  const { folder, speaker, serverUrl, code, listens } = options;
  const pulse = await startPulse();
  const environment = {
    ...pulse.env,
    TIENG_LANG_AGENT_FOLDER: folder,
    ...(listens && { TIENG_LANG_AGENT_AUDIO_CAPTURE: `pulse:${pulse.monitor}` }),
  };
  const enrol = ['enrol', '--server', serverUrl, '--code', code];
  const { status, said } = await runProgram(enrol, environment);
  if (status !== 0) throw new Error(said);
  let program: Program | undefined;
  let recording: SinkRecording | undefined;
  return {
    speaker,
    pulse,
    start: () => {
      program = startProgram(['agent'], environment);
    },
    program: () => {
      if (program === undefined) throw new Error('the agent was not started');
      return program;
    },
    record: async () => {
      recording = await recordSink(pulse, join(folder, 'sink.raw'));
    },
    heard: async (clips) => {
      if (recording === undefined) throw new Error('nothing was recorded');
      const recorded = await recording.stop();
      const paths = clips.map((clip) => [clip, join(folder, 'clips', `${clip}.clip`)]);
      const heard = await heardClips(recorded, Object.fromEntries(paths));
      return heard.map(({ clip, fromMs, toMs, clipFromMs }) => ({
        clip,
        fromMs: recorded.wallMsAt(fromMs),
        toMs: recorded.wallMsAt(toMs),
        originMs: recorded.wallMsAt(fromMs) - clipFromMs,
      }));
    },
  };
};
