/**
 * A beat comes this often, whatever else comes. It is an event and not a comment, because a
 * browser's EventSource shows comments to nobody.
 */
export const LIVE_BEAT_MS = 600;
/** A client that has heard nothing for this long says that the stream is broken: three beats missed. */
export const LIVE_SILENCE_MS = 1900;
