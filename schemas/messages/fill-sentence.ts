/** The languages people are served in; Vietnamese first. */
export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

/** A catalogue of sentences by key; `{name}` stands for a fact. */
export type Catalogue = Readonly<Record<string, string>>;

/** The sentence with each `{name}` replaced by the fact of that name; unknown names stay. */
export const fillSentence = (sentence: string, facts: Readonly<Record<string, unknown>>): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    facts[name] === undefined || facts[name] === null ? whole : String(facts[name]),
  );
