import { createDiskClipStore } from '#content/disk-clip-store.ts';
import { createEspeakSpeech } from '#content/espeak-speech.ts';
import { createFfmpegAudioTools } from '#content/ffmpeg-audio-tools.ts';
import { ingestClip, sweepIngestWork } from '#content/ingest-clip.ts';
import { systemClock } from '#runtime/clock.ts';

/**
 * A process that ingests one file, or speaks a text, and prints the result as JSON:
 * `node ingest-once.ts ingest FILE WORK STORE` or `node ingest-once.ts speak TEXT TARGET`.
 */
const [verb, what = '', where = '', storeFolder = ''] = process.argv.slice(2);
const clock = systemClock();

const ingest = async () => {
  await sweepIngestWork(where);
  const store = await createDiskClipStore(storeFolder);
  return ingestClip({ audio: createFfmpegAudioTools(clock), store, workFolder: where }, what);
};

const result = await (verb === 'speak' ? createEspeakSpeech(clock).speak(what, where) : ingest());
process.stdout.write(`${JSON.stringify(result)}\n`);
