/** The most that one answer lists; whoever wants the rest asks again from the last id on. */
export const MAX_LISTED = 1_000;
