import { instantAtWall, type LocalDayRow, localTimeToMinutes } from '#core/local-time.ts';
import type { Session, Slot } from '#schemas/playlist.ts';
import type { Interval } from '#schemas/primitives.ts';
import { plannedSessionId } from '#schemas/session.ts';
import type { FixedProgramme, PlanInput } from './plan-input.ts';

/** A fixed programme on one day. */
export interface PlacedProgramme extends Interval {
  readonly programme: FixedProgramme;
}

/**
 * The fixed programmes of a day, by their start. One whose wall time the zone skips that day begins
 * right after the skip.
 */
export const programmesOn = (
  { programmes }: Pick<PlanInput, 'programmes'>,
  row: LocalDayRow,
): PlacedProgramme[] =>
  programmes
    .filter(({ weekdays }) => weekdays.length === 0 || weekdays.includes(row.weekday))
    .map((programme) => {
      const fromMs = instantAtWall(row, localTimeToMinutes(programme.startsAt));
      return { programme, fromMs, toMs: fromMs + programme.durationMs };
    })
    .filter(({ fromMs }) => fromMs < row.endMs)
    .sort((a, b) => a.fromMs - b.fromMs || (a.programme.id < b.programme.id ? -1 : 1));

/** A programme that the speaker plays itself as a session of its own; null for any other. */
export const programmeToSession = (placed: PlacedProgramme, input: PlanInput): Session | null => {
  const { programme, fromMs, toMs } = placed;
  if (programme.sound === null) return null;
  const { kind, clip, bulletin, campaigns } = programme.sound;
  const slot: Slot = {
    offsetMs: 0,
    durationMs: programme.durationMs,
    kind,
    clip,
    bulletin,
    campaigns: [...campaigns].sort(),
    role: 'bulletin',
    priority: 'normal',
    validFromMs: fromMs,
    expiresMs: toMs + input.settings.latestStartMin * 60_000,
  };
  return {
    id: plannedSessionId(fromMs),
    startMs: fromMs,
    latestStartMin: input.settings.latestStartMin,
    drill: false,
    priority: 'normal',
    volume: input.settings.volume,
    slots: [slot],
  };
};
