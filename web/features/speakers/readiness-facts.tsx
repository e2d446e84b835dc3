import { List, Text } from '@mantine/core';
import type { Preflight, PreflightFault } from '#schemas/preflight.ts';
import { figure, useLocalTimes } from '../../shared/local-time.ts';
import { useLanguage } from '../../shared/texts/language.ts';
import { type SayReadiness, useReadinessText } from '../../shared/texts/readiness-texts.ts';

const BYTES_PER_GB = 1_000_000_000;
const SHOWN_HASH_CHARS = 12;

/** Bytes in gigabytes with one decimal, as the language writes numbers. */
export const useGigabytes = (): ((bytes: number) => string) => {
  const language = useLanguage();
  return (bytes) => figure(Math.round((bytes / BYTES_PER_GB) * 10) / 10, language);
};

const useFaultText = (): ((fault: PreflightFault, preflight: Preflight | null) => string) => {
  const say = useReadinessText();
  const times = useLocalTimes();
  const gigabytes = useGigabytes();
  const ofDays = (key: 'preflight.unplannedDays' | 'preflight.missingPlaylists', days: string[]) =>
    say(key, { count: days.length, day: times.date(days[0] ?? '') });
  return (fault, preflight) => {
    if (preflight === null || fault === 'noReport') return say('preflight.noReport');
    if (fault === 'clockManual') return say('preflight.clockManual');
    if (fault === 'diskShort') {
      return say('preflight.diskShort', { free: gigabytes(preflight.disk.freeBytes) });
    }
    if (fault !== 'missingClips') return ofDays(`preflight.${fault}`, preflight[fault]);
    const day = times.date(preflight.missingClips[0]?.day ?? preflight.day);
    return say('preflight.missingClips', { count: preflight.missingClipCount, day });
  };
};

/** What is wrong with the next fourteen days, or that nothing is. */
export const Faults = (props: {
  readonly faults: readonly PreflightFault[];
  readonly preflight: Preflight | null;
}) => {
  const say = useReadinessText();
  const faultText = useFaultText();
  const { faults, preflight } = props;
  if (faults.length === 0) return <Text size="sm">{say('preflight.whole')}</Text>;
  return (
    <List size="sm">
      {faults.map((fault) => (
        <List.Item key={fault} data-fault={fault}>
          {faultText(fault, preflight)}
        </List.Item>
      ))}
    </List>
  );
};

const clipLine = (
  say: SayReadiness,
  clip: Preflight['missingClips'][number],
  date: string,
): string => say('preflight.clip', { hash: clip.sha256.slice(0, SHOWN_HASH_CHARS), date });

/** Which clips are missing, by the beginning of their names. */
export const MissingClips = ({ clips }: { readonly clips: Preflight['missingClips'] }) => {
  const say = useReadinessText();
  const times = useLocalTimes();
  if (clips.length === 0) return null;
  return (
    <details>
      <summary>{say('preflight.clips')}</summary>
      <List size="xs">
        {clips.map((clip) => (
          <List.Item key={clip.sha256} className="hash">
            {clipLine(say, clip, times.date(clip.day))}
          </List.Item>
        ))}
      </List>
    </details>
  );
};
