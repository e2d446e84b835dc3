// Must parse on the oldest Node that knows modules: no ?. and no ??.

/** The oldest Node that can install the packages. */
export const bootstrapMajor = 18;
/** The Node that the product runs on. */
export const productMajor = 26;

/** @param {string} version as in `v20.1.0` @returns {number} */
export const majorOf = (version) => Number(version.replace(/^v/, '').split('.')[0]);

/** @param {string} version @returns {boolean} */
export const canBootstrap = (version) => majorOf(version) >= bootstrapMajor;

/** @param {string} version @returns {boolean} */
export const canRunProduct = (version) => majorOf(version) >= productMajor;
