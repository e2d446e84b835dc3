import type { Readable } from 'node:stream';
import type { MakingChoices } from '#schemas/making.ts';
import type { Sha256 } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { Result } from '#schemas/result.ts';
import type { SpeechManner, Voice } from '#schemas/speech.ts';
import type { Kept } from './trim-ends.ts';

/** The one format of airable clips: MP3, mono, 48 kHz, 96 kbit/s, with a LAME/Info header. */
export const AIRABLE_FORMAT = 'mp3-mono-48000-96k';

/** Why a recording may not become a clip. */
export type RecordingProblem = ProblemOf<
  | 'audioNotRecognised'
  | 'audioTruncated'
  | 'audioCorrupt'
  | 'audioEmpty'
  | 'audioSilent'
  | 'audioClipped'
  | 'audioTooLong'
  | 'audioTooShort'
  | 'audioNotLevelled'
>;

/** What the audio tools themselves may fail with. */
export type ToolProblem = ProblemOf<'audioToolFailed' | 'audioToolMissing' | 'diskFull'>;

/**
 * What a file of unknown origin claims to be. `demuxer` is the one ffmpeg demuxer that may open it;
 * `cut` says that its container shows a missing end, `damaged` a missing part; `expectedMs` is the exact length that it
 * promises, null when it promises none; `startsMs` is how late the sound begins by the
 * times that ffmpeg tells.
 */
export type SourceProbe = {
  readonly demuxer: string;
  readonly codec: string;
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly cut: boolean;
  readonly damaged?: boolean;
  readonly expectedMs: number | null;
  readonly startsMs?: number;
};

/** How channels become one: the only one, the mean of two, half their difference, or one of them. */
export type ChannelMix = 'only' | 'mean' | 'difference' | 'left' | 'right';

/**
 * What decoding a whole file has shown; loudness and peak are those of the chosen mono mix.
 * `sounding` is what is left without the silence at its ends, `peaks` its picture (`makingSchema`).
 */
export type SourceAudio = {
  readonly durationMs: number;
  readonly loudnessLufs: number;
  readonly truePeakDbtp: number;
  readonly mix: ChannelMix;
  readonly sounding: Kept;
  /** The noise that was taken out before loudness was measured; null when none was to be. */
  readonly noiseFloorDb: number | null;
  readonly peaks: readonly number[];
};

/** A file of unknown origin that is looked into; `scratchPath` is a file that may be overwritten. */
export type Candidate = {
  readonly path: string;
  readonly probe: SourceProbe;
  readonly choices: MakingChoices;
  readonly scratchPath: string;
};

/** What the finished file measures, by a decoding of its own. */
export type AirableAudio = {
  readonly durationMs: number;
  readonly loudnessLufs: number;
  readonly truePeakDbtp: number;
};

/** Loudness that clips are brought to: integrated LUFS, and the true peak that none may pass. */
export type LoudnessTarget = {
  readonly integratedLufs: number;
  readonly maxTruePeakDbtp: number;
};

/** Everything that is done to sound; an adapter hides the tool. All paths are local files. */
export type AudioTools = {
  /**
   * What the file claims to be, without decoding it. Errors: audioNotRecognised, audioEmpty,
   * audioTruncated (cut so that it cannot be opened), audioToolFailed, audioToolMissing.
   */
  probe(path: string): Promise<Result<SourceProbe, RecordingProblem | ToolProblem>>;
  /**
   * Decodes the file to its end and says what it holds. Errors: audioTruncated, audioCorrupt,
   * audioEmpty, audioSilent, audioClipped, audioTooLong, audioTooShort, audioToolFailed,
   * audioToolMissing, diskFull.
   */
  verify(candidate: Candidate): Promise<Result<SourceAudio, RecordingProblem | ToolProblem>>;
  /**
   * Writes the airable clip to `targetPath` and measures it again, decoded from that file. Errors:
   * audioNotLevelled, audioCorrupt, audioToolFailed, audioToolMissing, diskFull.
   */
  makeAirable(job: AirableJob): Promise<Result<AirableAudio, RecordingProblem | ToolProblem>>;
};

/** One conversion: which source, what is known of it, what of it sounds, where to and how loud. */
export type AirableJob = {
  readonly sourcePath: string;
  readonly probe: SourceProbe;
  readonly audio: SourceAudio;
  readonly kept: Kept;
  readonly choices: MakingChoices;
  readonly targetPath: string;
  readonly target: LoudnessTarget;
};

export type SpeechProblem = ProblemOf<
  'textEmpty' | 'textTooLong' | 'voiceUnknown' | 'speechFailed' | 'audioToolMissing' | 'diskFull'
>;

/** What a synthesizer needs to know of the manner of a script. */
export type VoiceManner = Pick<SpeechManner, 'voice' | 'speedPercent' | 'pauseMs'>;

/** Turns a text into speech. */
export type Speech = {
  /** The voices that it has now, at most some hundred. */
  voices(): Promise<readonly Voice[]>;
  /**
   * Speaks `text`, which is all words, into a WAV file at `targetPath`. Errors: textEmpty,
   * textTooLong, voiceUnknown, speechFailed, audioToolMissing, diskFull; nothing is left at
   * `targetPath` then.
   */
  speak(
    text: string,
    targetPath: string,
    manner?: VoiceManner,
  ): Promise<Result<void, SpeechProblem>>;
};

/** Bytes `[from, to)` of a clip. */
export type ByteRange = { readonly from: number; readonly to: number };

/** A clip as a store holds it; `changedMs` is when its bytes were written, in Unix milliseconds. */
export type HeldClip = {
  readonly sha256: Sha256;
  readonly bytes: number;
  readonly changedMs: number;
};

/** From when on, in Unix milliseconds, and for how many seconds a link is good. */
export type LinkTime = { readonly nowMs: number; readonly seconds: number };

/** Where clips are kept, each under the SHA-256 of its bytes. */
export type ClipStore = {
  /**
   * Takes in a finished local file, all of it or nothing; when it returns, the clip survives a power
   * cut. Errors: clipCorrupt when the bytes do not have that hash, diskFull.
   */
  put(sha256: Sha256, path: string): Promise<Result<void, ProblemOf<'clipCorrupt' | 'diskFull'>>>;
  has(sha256: Sha256): Promise<boolean>;
  /** Length in bytes. Errors: clipMissing. */
  size(sha256: Sha256): Promise<Result<number, ProblemOf<'clipMissing'>>>;
  /** The bytes, or a range of them, as a stream. Errors: clipMissing. */
  open(sha256: Sha256, range?: ByteRange): Promise<Result<Readable, ProblemOf<'clipMissing'>>>;
  /**
   * An address by which whoever has it reads this clip for that time, without any other right; null
   * where the bytes are had through this port only. Whether the clip is there is not asked.
   */
  link(sha256: Sha256, time: LinkTime): Promise<string | null>;
  /** Reads the whole clip and holds it against its hash. Errors: clipMissing, clipCorrupt. */
  verify(sha256: Sha256): Promise<Result<void, ProblemOf<'clipMissing' | 'clipCorrupt'>>>;
  /** Removes the clip; one that is not there is no error. */
  remove(sha256: Sha256): Promise<void>;
  /** Every clip that is held, each once, in no order; what is not named as a clip is passed over. */
  list(): AsyncIterable<HeldClip>;
};
