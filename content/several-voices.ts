import type { Speech } from './ports.ts';

/** Speech by the voices of several synthesizers; what none of them has is the first one's to refuse. */
export const createSeveralVoices = (first: Speech, ...others: readonly Speech[]): Speech => ({
  voices: async () => (await Promise.all([first, ...others].map((one) => one.voices()))).flat(),
  speak: async (text, targetPath, manner) => {
    for (const other of others) {
      const voices = await other.voices();
      if (voices.some(({ id }) => id === manner?.voice)) {
        return other.speak(text, targetPath, manner);
      }
    }
    return first.speak(text, targetPath, manner);
  },
});
