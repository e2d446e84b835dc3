/** The largest file that is taken from an operator: two gibibytes, a film whose sound is wanted. */
export const MAX_SOURCE_BYTES = 2_147_483_648;

/** The longest clip: one hour. */
export const MAX_CLIP_MS = 3_600_000;

/** The shortest clip: one second; loudness of less cannot be measured. */
export const MIN_CLIP_MS = 1000;

/** Below this integrated loudness a recording counts as silent: only its noise would be lifted. */
export const MIN_SOURCE_LUFS = -50;

/** Of a recording at least this share must be above the silence threshold. */
export const MIN_AUDIBLE_SHARE = 0.1;

/**
 * From this share of samples at the peak on, a recording is clipped beyond repair: of speech that was
 * recorded 15 dB too loud. A tone of full scale stands there for a hundredth of its time.
 */
export const MAX_CLIPPED_SHARE = 0.1;

/** The longest text that is spoken at once; at a slow voice about an hour. */
export const MAX_TEXT_CHARS = 40_000;
