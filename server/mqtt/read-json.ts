/** The value of UTF-8 JSON bytes; undefined when they are none. */
export const readJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // Not JSON: undefined is in no message's form, and so the caller refuses it like anything else.
    return undefined;
  }
};
