/** One MPEG audio frame of layer II or III, as its four header bytes describe it. */
export type MpegFrame = {
  readonly bytes: number;
  readonly samples: number;
  readonly sampleRateHz: number;
  /** Where a Xing or Info tag would stand, from the start of the frame. */
  readonly tagAt: number;
};

const KBPS_V1_L2 = [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
const KBPS_V1_L3 = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const KBPS_V2 = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES_V1_HZ = [44_100, 48_000, 32_000];
const LAYER_2 = 2;
const LAYER_3 = 1;
const VERSION_1 = 3;
const VERSION_2 = 2;
const RESERVED_VERSION = 1;
const MONO = 3;

const tagOffset = (version: number, isMono: boolean): number => {
  if (version === VERSION_1) return 4 + (isMono ? 17 : 32);
  return 4 + (isMono ? 9 : 17);
};

const bitrateKbps = (version: number, layer: number, index: number): number | undefined => {
  if (version !== VERSION_1) return KBPS_V2[index - 1];
  return (layer === LAYER_2 ? KBPS_V1_L2 : KBPS_V1_L3)[index - 1];
};

const sampleRate = (version: number, index: number): number | undefined => {
  const base = RATES_V1_HZ[index];
  if (base === undefined || version === VERSION_1) return base;
  return version === VERSION_2 ? base / 2 : base / 4;
};

/**
 * The frame that starts at `at`, or null when no valid header stands there (layer I and free format
 * are not taken). Source: ISO/IEC 11172-3, 2.4.1.3; ISO/IEC 13818-3.
 */
export const readMpegFrame = (buffer: Buffer, at: number): MpegFrame | null => {
  if (at < 0 || at + 4 > buffer.length) return null;
  const header = buffer.readUInt32BE(at);
  const version = (header >>> 19) & 3;
  const layer = (header >>> 17) & 3;
  const isKnown = layer === LAYER_2 || layer === LAYER_3;
  if (header >>> 21 !== 0x7ff || version === RESERVED_VERSION || !isKnown) return null;
  const kbps = bitrateKbps(version, layer, (header >>> 12) & 15);
  const sampleRateHz = sampleRate(version, (header >>> 10) & 3);
  if (!kbps || !sampleRateHz) return null;
  const samples = layer === LAYER_3 && version !== VERSION_1 ? 576 : 1152;
  const bytes = Math.floor((samples * kbps * 125) / sampleRateHz) + ((header >>> 9) & 1);
  const tagAt = tagOffset(version, ((header >>> 6) & 3) === MONO);
  return { bytes, samples, sampleRateHz, tagAt };
};
