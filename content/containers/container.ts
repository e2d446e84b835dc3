/**
 * What the bytes of a file say about their container, read without ffmpeg. `demuxer` is the only
 * ffmpeg demuxer that may open the file. `cut` is true when the container itself shows that its end
 * is missing, `damaged` when it shows that a part of its middle is. `expectedMs` is the length that it promises exactly, or null when it promises none.
 * Source: PLATFORM.md, files that fool ffmpeg.
 */
export type Container = {
  readonly demuxer: string;
  readonly cut: boolean;
  readonly damaged?: boolean;
  readonly expectedMs: number | null;
};
