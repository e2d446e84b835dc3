/** So many bytes of a file tell its ending. */
export const ENDING_HEAD_BYTES = 16;

const ID3 = 'ID3';
const MP3_SYNC = 0xffe0;
const MP3_LAYER = 0x0006;

/** Which text stands at which byte of a file with that ending; the first one that fits. */
const endings: readonly (readonly [ending: string, text: string, at: number])[] = [
  ['wav', 'WAVE', 8],
  ['avi', 'AVI ', 8],
  ['aiff', 'AIF', 8],
  ['m4a', 'ftypM4A', 4],
  ['mp4', 'ftyp', 4],
  ['mp4', 'moov', 4],
  ['ogg', 'OggS', 0],
  ['flac', 'fLaC', 0],
  ['webm', '\x1a\x45\xdf\xa3', 0],
  ['mp3', ID3, 0],
  ['amr', '#!AMR', 0],
  ['wma', '\x30\x26\xb2\x75', 0],
  ['caf', 'caff', 0],
  ['au', '.snd', 0],
  ['wv', 'wvpk', 0],
  ['w64', 'riff', 0],
  ['tta', 'TTA1', 0],
  ['voc', 'Creative Voice F', 0],
  ['dts', '\x7f\xfe\x80\x01', 0],
  ['ac3', '\x0b\x77', 0],
  ['ape', 'MAC ', 0],
  ['flv', 'FLV', 0],
  ['mpg', '\x00\x00\x01\xba', 0],
  ['ts', '\x47', 0],
];

/**
 * The ending by which programs know a recording, without its dot, from its first `ENDING_HEAD_BYTES`
 * bytes; what was brought may have had another, or none. `bin` for what is none of those.
 */
export const fileEnding = (head: Buffer): string => {
  const found = endings.find(
    ([, text, at]) => head.toString('latin1', at, at + text.length) === text,
  );
  if (found !== undefined) return found[0];
  const sync = head.length > 1 ? head.readUInt16BE(0) : 0;
  if ((sync & MP3_SYNC) !== MP3_SYNC) return 'bin';
  // Without a layer it is AAC. Source: ISO/IEC 13818-7, ADTS.
  return (sync & MP3_LAYER) === 0 ? 'aac' : 'mp3';
};
