import fc from 'fast-check';

/** Chosen once: every mutant meets the same cases, and a run repeated finds the same survivors. */
const SEED = 20260302;

// A case that fails is enough: which is the smallest does not matter to a mutant.
fc.configureGlobal({ seed: SEED, endOnFailure: true });
