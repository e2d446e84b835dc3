/** The languages people are served in; Vietnamese first. */
export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

/** A catalogue of sentences by key; `{name}` stands for a fact, `{name|day|days}` for what is counted. */
export type Catalogue = Readonly<Record<string, string>>;

const LOCAL_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A local day as people here write it in either language, 31/03/2025; any other fact as it is. */
const factToWords = (fact: unknown): string => String(fact).replace(LOCAL_DAY, '$3/$2/$1');

/** Of the words of a count, `one|more`, those that fit it. */
export const wordsForCount = (count: unknown, words: string): string => {
  const [one = '', more = one] = words.split('|');
  return String(count) === '1' ? one : more;
};

/**
 * The sentence with each `{name}` replaced by the fact of that name, and each `{name|day|days}` by the
 * words that fit it as a count; unknown names stay.
 */
export const fillSentence = (sentence: string, facts: Readonly<Record<string, unknown>>): string =>
  sentence.replaceAll(/\{(\w+)(?:\|([^{}]*))?\}/g, (whole, name: string, words?: string) => {
    const fact = facts[name];
    if (fact === undefined || fact === null) return whole;
    return words === undefined ? factToWords(fact) : wordsForCount(fact, words);
  });
