/** Why a bootstrap cannot go on, as a key of the bootstrap texts with its facts. */
export class Stop extends Error {
  /** @param {string} key @param {import('./texts.mjs').Facts} [facts] */
  constructor(key, facts = {}) {
    super(key);
    this.key = key;
    this.facts = facts;
  }
}
