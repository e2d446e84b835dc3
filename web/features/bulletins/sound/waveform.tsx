import { PEAK_TOP } from '#schemas/making.ts';

const HEIGHT_PX = 48;
const LEAST_BAR = 0.02;
const AIRED = 'var(--mantine-color-village-8)';
const LEFT_OUT = 'var(--mantine-color-gray-4)';

interface WaveformProps {
  readonly peaks: readonly number[];
  /** Which part of the recording is aired, both between 0 and 1. */
  readonly aired: { readonly from: number; readonly to: number };
  /** What is said to who does not see it. */
  readonly label: string;
}

/** The bars of `[from, to)` as one path, mirrored at the middle. */
const toPath = (peaks: readonly number[], from: number, to: number): string =>
  peaks
    .slice(from, to)
    .map((peak, index) => {
      const half = Math.max(LEAST_BAR, peak / PEAK_TOP) / 2;
      return `M${from + index + 0.5} ${(0.5 - half).toFixed(3)}v${(2 * half).toFixed(3)}`;
    })
    .join('');

/** The picture of a recording; what is not aired is pale. */
export const Waveform = ({ peaks, aired, label }: WaveformProps) => {
  const from = Math.round(aired.from * peaks.length);
  const to = Math.round(aired.to * peaks.length);
  const parts = [
    { key: 'before', path: toPath(peaks, 0, from), color: LEFT_OUT },
    { key: 'aired', path: toPath(peaks, from, to), color: AIRED },
    { key: 'after', path: toPath(peaks, to, peaks.length), color: LEFT_OUT },
  ];
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${Math.max(1, peaks.length)} 1`}
      preserveAspectRatio="none"
      style={{ display: 'block', width: '100%', height: HEIGHT_PX }}
    >
      {parts.map(({ key, path, color }) => (
        <path key={key} d={path} stroke={color} vectorEffect="non-scaling-stroke" />
      ))}
    </svg>
  );
};
