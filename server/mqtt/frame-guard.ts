/** The most bytes that MQTT 3.1.1 spends on a packet's remaining length. Source: MQTT 3.1.1, 2.2.3. */
const MAX_LENGTH_BYTES = 4;

/**
 * Follows the packets of one MQTT byte stream without keeping any: `accepts` says whether every
 * packet that began in the chunks so far announces at most `maxBytes`. After the first refusal it
 * refuses for ever.
 */
export interface FrameGuard {
  accepts(chunk: Uint8Array): boolean;
}

type Stage = 'type' | 'length' | 'body';

/** A guard for a stream that begins at a packet's first byte. */
export const createFrameGuard = (maxBytes: number): FrameGuard => {
  let stage: Stage = 'type';
  let lengthBytes = 0;
  let remaining = 0;
  let refused = false;

  const readLengthByte = (byte: number): void => {
    remaining += (byte & 0x7f) * 128 ** lengthBytes;
    lengthBytes += 1;
    const more = (byte & 0x80) !== 0;
    if (remaining > maxBytes || (more && lengthBytes === MAX_LENGTH_BYTES)) refused = true;
    else if (!more) stage = remaining === 0 ? 'type' : 'body';
  };

  const step = (chunk: Uint8Array, at: number): number => {
    if (stage === 'body') {
      const taken = Math.min(remaining, chunk.length - at);
      remaining -= taken;
      if (remaining === 0) stage = 'type';
      return at + taken;
    }
    if (stage === 'length') readLengthByte(chunk[at] ?? 0);
    else {
      stage = 'length';
      lengthBytes = 0;
      remaining = 0;
    }
    return at + 1;
  };

  return {
    accepts: (chunk) => {
      let at = 0;
      while (!refused && at < chunk.length) at = step(chunk, at);
      return !refused;
    },
  };
};
