import type { LiveEvent } from '#schemas/live-event.ts';
import { MAX_TOLD_VERDICTS } from '#schemas/live-event.ts';
import type { LiveFeed } from '../ports/live-feed.ts';
import type { Verdicts } from '../ports/verdicts.ts';

/**
 * Tells every open screen which verdicts have changed since it was told last; that some may have,
 * where that is not known or they are too many to name. Source: issue 4, 7.
 */
export const tellVerdicts = async (verdicts: Verdicts, live: LiveFeed): Promise<void> => {
  const changed = await verdicts.takeChanged();
  if (changed !== null && changed.length === 0) return;
  live.publish([
    changed === null || changed.length > MAX_TOLD_VERDICTS
      ? { kind: 'verdictsMayHaveChanged' }
      : { kind: 'verdictsChanged', verdicts: changed.map(toTold) },
  ]);
};

type Told = Extract<LiveEvent, { kind: 'verdictsChanged' }>['verdicts'][number];

const toTold = ({ rule, speaker, period, verdict, has, owed }: Told): Told => ({
  ...{ rule, speaker, period, verdict, has, owed },
});
