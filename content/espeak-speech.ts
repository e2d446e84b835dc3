import type { Clock } from '#runtime/clock.ts';
import { refuse } from '#schemas/result.ts';
import { usualManner, type Voice } from '#schemas/speech.ts';
import type { Speech, VoiceManner } from './ports.ts';
import { speakIntoFile } from './speak-into-file.ts';

const SPEAK_MS = 300_000;

/**
 * At the usual speed, slow enough for loudspeakers that echo: 130 on the scale of espeak-ng gives
 * about 155 Vietnamese syllables a minute, pauses included.
 */
const WORDS_PER_MINUTE = 130;

/** The Vietnamese voices of espeak-ng: northern, of the centre, southern. */
const espeakVoices: readonly Voice[] = ['vi', 'vi-vn-x-central', 'vi-vn-x-south'].map((name) => ({
  id: `espeak/${name}`,
  engine: 'espeak',
  name,
}));

const escapeMarkup = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const argumentsOf = (voice: Voice, { speedPercent }: VoiceManner): readonly string[] => {
  const speed = Math.round((WORDS_PER_MINUTE * speedPercent) / 100);
  return ['-v', voice.name, '-s', String(speed), '-b', '1', '-m', '--stdin', '--stdout'];
};

/** Speech through the espeak-ng of the system, with pauses as marks between sentences. */
export const createEspeakSpeech = (
  clock: Clock,
  voices: readonly Voice[] = espeakVoices,
): Speech => ({
  voices: () => Promise.resolve(voices),
  speak: async (text, targetPath, manner = usualManner) => {
    const voice = voices.find(({ id }) => id === manner.voice);
    if (voice === undefined) return refuse({ code: 'voiceUnknown', voice: manner.voice });
    const pause = `<break time="${manner.pauseMs}ms"/>\n`;
    const synthesizer = {
      command: 'espeak-ng',
      args: argumentsOf(voice, manner),
      maxMs: SPEAK_MS,
      toInput: (sentences: readonly string[]) => sentences.map(escapeMarkup).join(pause),
    };
    return speakIntoFile(clock, synthesizer, { text, targetPath });
  },
});
