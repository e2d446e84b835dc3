/** What one ffmpeg run told on its standard error, gathered line by line and bounded. */
export type FfmpegReport = {
  /** Lines of level error or worse. */
  errors: number;
  /** The first few of them, for the log. */
  readonly firstErrors: string[];
  isDiskFull: boolean;
  /** Parts of a container that were left out, in silence but for this, because they are damaged. */
  lostParts: number;
  /** Parts of a lossless sound that are not what their checksum says. */
  failedSums: number;
  /** Parts of a FLAC that are none: left out, or a tag behind its end. */
  strayParts: number;
  /** Where the sound ends by the times that the container gives its parts, in hundredths of a second. */
  endMs: number | null;
  /** A Matroska, as browsers record, breaks off in the middle of a part. */
  breaksOff: boolean;
  /** Decoded samples per channel; a source that changes its form in its middle is counted in parts. */
  samples: number;
  /** Other figures of `astats` by channel, 1 upwards. */
  readonly statsByChannel: Map<number, Map<string, number>>;
  silenceMs: number;
  integratedLufs: number | null;
  truePeakDbtp: number | null;
};

const MAX_FIRST_ERRORS = 5;
const MAX_ERROR_CHARS = 300;
const MAX_CHANNELS = 8;

const ERROR_LINE = /^(?:\[[^\]]* @ [^\]]*\] )?\[(?:error|fatal|panic)\]/;
const FILTER_LINE = /^\[(?:Parsed_)?([a-z0-9]+)(?:_\d+)? @ [^\]]*\] \[info\] (.*)$/;
/** What containers complain of a damage alone with; an attachment is no sound. */
const LOST_PART = new RegExp(
  [
    /^\[ogg @ [^\]]*\] \[error\] CRC mismatch!/,
    /^\[matroska,webm @ [^\]]*\] \[error\] (?!incomplete attachment)/,
    /^\[flv @ [^\]]*\] \[error\] Packet mismatch/,
    /^\[asf @ [^\]]*\] \[error\] /,
  ]
    .map(({ source }) => source)
    .join('|'),
);
/** Of a picture nothing is wanted, and where a broadcast is joined it begins with a broken one. */
const PICTURE_LINE =
  /^\[(?:mpeg[12]video|mpeg4|h26[1-4]|hevc|msmpeg4(?:v\d)?|wmv\d|vc1|mjpeg|vp\d|av1|libdav1d) @ /;
/** A FLAC without an end of its own is read on into whatever stands behind it. */
const STRAY_PART =
  /^\[flac @ [^\]]*\] \[error\] (?:invalid sync code|invalid frame header|decode_frame\(\) failed)/;
/** A lossless codec complains of nothing else. */
const FAILED_SUM = /^\[(?:flac|wavpack|tta) @ [^\]]*\] \[error\] /;
const END = /^\[info\] size=.* time=(\d+):(\d\d):(\d\d\.\d\d) /;
const BREAKS_OFF = /^\[matroska,webm @ [^\]]*\] \[error\] File ended prematurely/;
const SAMPLES = 'Number of samples';
const SILENCE = /silence_duration: ([\d.]+)/;
const STAT = /^(.+): (-?inf|-?nan|-?[\d.]+)$/;
const INTEGRATED = /^ {4}I: +(-?[\d.]+|-?inf) LUFS$/;
const PEAK = /^ {4}Peak: +(-?[\d.]+|-?inf) dBFS$/;

const HOUR_S = 3600;
const MINUTE_S = 60;

const toMs = ([, hours, minutes, seconds]: RegExpExecArray): number =>
  (Number(hours) * HOUR_S + Number(minutes) * MINUTE_S + Number(seconds)) * 1000;

const toNumber = (text: string): number =>
  text.endsWith('inf') ? Number(text.replace('inf', 'Infinity')) : Number(text);

/** An empty report and the function that takes in each line of standard error in turn. */
export const createFfmpegReport = (): { report: FfmpegReport; take: (line: string) => void } => {
  const report: FfmpegReport = {
    errors: 0,
    firstErrors: [],
    isDiskFull: false,
    lostParts: 0,
    failedSums: 0,
    strayParts: 0,
    endMs: null,
    breaksOff: false,
    samples: 0,
    statsByChannel: new Map(),
    silenceMs: 0,
    integratedLufs: null,
    truePeakDbtp: null,
  };
  let channel = 0;
  let isInSummary = false;

  const takeError = (line: string): void => {
    if (PICTURE_LINE.test(line)) return;
    report.errors += 1;
    if (LOST_PART.test(line)) report.lostParts += 1;
    if (STRAY_PART.test(line)) report.strayParts += 1;
    else if (FAILED_SUM.test(line)) report.failedSums += 1;
    report.breaksOff ||= BREAKS_OFF.test(line);
    report.isDiskFull ||= line.includes('No space left on device');
    if (report.firstErrors.length < MAX_FIRST_ERRORS) {
      report.firstErrors.push(line.slice(0, MAX_ERROR_CHARS));
    }
  };

  const takeStat = (text: string): void => {
    if (text === 'Overall') channel = 0;
    else if (text.startsWith('Channel: ')) channel = Number(text.slice('Channel: '.length));
    const stat = STAT.exec(text);
    if (!stat?.[1] || !stat[2] || channel > MAX_CHANNELS) return;
    if (stat[1] === SAMPLES) report.samples += toNumber(stat[2]);
    const stats = report.statsByChannel.get(channel) ?? new Map<string, number>();
    report.statsByChannel.set(channel, stats.set(stat[1], toNumber(stat[2])));
  };

  const takeSummary = (line: string): void => {
    const integrated = INTEGRATED.exec(line)?.[1];
    const peak = PEAK.exec(line)?.[1];
    if (integrated !== undefined) report.integratedLufs = toNumber(integrated);
    if (peak !== undefined) report.truePeakDbtp = toNumber(peak);
  };

  const takeEnd = (line: string): void => {
    const end = END.exec(line);
    if (end !== null) report.endMs = toMs(end);
  };

  /** Tags of the file are printed too; only lines of a filter's own are believed. */
  const take = (line: string): void => {
    const [, filter, text = ''] = FILTER_LINE.exec(line) ?? [];
    takeEnd(line);
    if (ERROR_LINE.test(line)) takeError(line);
    if (filter === 'astats') takeStat(text);
    if (filter === 'silencedetect') report.silenceMs += Number(SILENCE.exec(text)?.[1] ?? 0) * 1000;
    if (filter === 'ebur128') isInSummary = text === 'Summary:';
    else if (line.startsWith('[')) isInSummary = false;
    else if (isInSummary) takeSummary(line);
  };

  return { report, take };
};
