import type { LogRecord } from '#schemas/records/log-record.ts';
import { lengthOf } from '../../shared/local-time.ts';
import type { Say } from '../../shared/texts/texts.ts';

interface Reader {
  readonly say: Say;
  readonly titleOf: (bulletin: string | null) => string;
}

const audibleMs = ({ audible }: Extract<LogRecord, { kind: 'ended' }>): number =>
  audible.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);

/** What a record says, for a person. */
export const recordToText = (record: LogRecord, { say, titleOf }: Reader): string => {
  switch (record.kind) {
    case 'boot':
      return say(`record.boot.${record.cause}`);
    case 'clock':
      return say('record.clock', { source: say(`clockSource.${record.anchor.source}`) });
    case 'amplifier':
      return say(`record.amplifier.${record.command}.${record.outcome}`);
    case 'heartbeat':
      return say('record.heartbeat');
    case 'stick':
      return say('record.stick', { logTo: record.logTo });
    case 'preflight': {
      const { unplannedDays, missingPlaylists, missingClipCount } = record.report;
      const days = unplannedDays.length + missingPlaylists.length;
      return say('record.preflight', { days, clips: missingClipCount });
    }
    case 'refused':
      return say('record.refused', { reason: say(`refusal.${record.reason}`) });
    case 'ended': {
      const facts = {
        title: titleOf(record.item.bulletin),
        length: lengthOf(audibleMs(record)),
        outcome: say(`outcome.${record.outcome}`),
      };
      const text = say(record.drill ? 'record.ended.drill' : 'record.ended', facts);
      return record.reason === null ? text : `${text} (${say(`endReason.${record.reason}`)})`;
    }
  }
};

/** When it was written, in epoch milliseconds; null when the speaker's clock was not trusted. */
export const recordToInstantMs = ({ posMs, clock }: LogRecord): number | null =>
  clock.offsetMs === null ? null : posMs + clock.offsetMs;
