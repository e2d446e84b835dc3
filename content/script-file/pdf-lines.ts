/** A run of signs as it stands on a page; lengths in points, `y` counted from the foot of the page. */
export type PdfRun = {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly height: number;
  /** Nothing follows it on its line. */
  readonly endsLine: boolean;
};

/** A page with its runs in the order in which they were written. */
export type PdfPage = {
  readonly width: number;
  readonly height: number;
  readonly runs: readonly PdfRun[];
};

/** One printed line, its text in NFC. */
export type PdfLine = Omit<PdfRun, 'endsLine'>;

/** Runs whose feet differ by more than this part of their height stand on different lines. */
const SAME_LINE = 0.5;

const isOnLine = (line: readonly PdfRun[], run: PdfRun): boolean => {
  const last = line.at(-1);
  if (last === undefined) return true;
  return (
    !last.endsLine && Math.abs(last.y - run.y) <= SAME_LINE * Math.max(last.height, run.height)
  );
};

const toLine = (runs: readonly PdfRun[]): PdfLine => {
  const written = runs.filter(({ text }) => text.trim() !== '');
  const text = runs.map((run) => run.text).join('');
  return {
    text: text.normalize('NFC').replace(/\s+/gu, ' ').trim(),
    left: Math.min(...written.map(({ left }) => left)),
    right: Math.max(...written.map(({ right }) => right)),
    y: written[0]?.y ?? 0,
    height: Math.max(...written.map(({ height }) => height)),
  };
};

/** The printed lines of a page, without empty ones. */
export const pageToLines = ({ runs }: PdfPage): PdfLine[] => {
  const lines: PdfRun[][] = [[]];
  for (const run of runs) {
    const line = lines.at(-1);
    if (line !== undefined && isOnLine(line, run)) line.push(run);
    else lines.push([run]);
  }
  return lines.filter((line) => line.some(({ text }) => text.trim() !== '')).map(toLine);
};
