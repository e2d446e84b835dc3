import words from './words/phrases.json' with { type: 'json' };

/** The marks, what is important, and the end of its sentence behind them. */
const IMPORTANT = /\*\*([^*\n]{1,1000})\*\*[.!?…,;:]*/g;
const SENTENCE_END = /[\s.!?…,;:]+$/;

const sentence = (said: string): string => `${said.trim().replace(SENTENCE_END, '')}.`;

/**
 * A script in which what stands between two pairs of asterisks, at most a thousand characters in one
 * line, is a sentence of its own and said `times` more, each time announced. Nothing is changed with
 * `times` 0: the asterisks are not heard.
 */
export const repeatImportant = (script: string, times: number): string =>
  times === 0
    ? script
    : script.replace(IMPORTANT, (_all, important: string) => {
        const again = ` ${words.again} ${sentence(important)}`;
        return `${sentence(important)}${again.repeat(times)}`;
      });
