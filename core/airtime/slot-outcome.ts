import { slotLengthMs } from '#core/playback/segment.ts';
import type { Slot } from '#schemas/playlist.ts';
import type { SlotReason, SlotReconciliation, SlotState } from '#schemas/reconciliation.ts';
import type { RefusedRecord } from '#schemas/records/log-record.ts';
import type { LogReach } from './contiguity.ts';
import { lengthOf, shiftedBy, unionOf } from './intervals.ts';
import { airtimeMsOf } from './runs.ts';
import { offAt } from './session-reason.ts';
import { firstHeardMs, isDated, type Sound } from './sounds.ts';

/** A slot has aired when at most this much of it was not heard, in milliseconds. */
export const SLOT_TOLERANCE_MS = 1000;

/** Why nothing final can be said of a session yet; null when the log accounts for it. */
export type SessionGap = Extract<
  SlotReason,
  'notYet' | 'logMissing' | 'bootUndated' | 'sessionUndated'
> | null;

/** What the log holds of a slot's session. */
export interface SessionTraces {
  readonly startMs: number;
  readonly gap: SessionGap;
  /** Every sound of the session, in the order of the log. */
  readonly sounds: readonly Sound[];
  readonly refusals: readonly RefusedRecord[];
  readonly reach: LogReach;
}

type Why = Pick<SlotReconciliation, 'reason' | 'cause'>;

/**
 * What became of one slot: `aired` when all but `SLOT_TOLERANCE_MS` of it was heard, `partlyAired`
 * when any of it was, else `notAired`, or `awaitingData` while a record could still say otherwise.
 * Only dated records count; two boots never overlap. What was heard of the item is counted once, also
 * when it was begun again from its start; of records that do not say how far into the item they began,
 * all that sounded is added up. Source: AIRTIME.md, 2 and 3 ("overlap is never counted twice").
 */
export const slotOutcome = (
  slot: Slot,
  sounds: readonly Sound[],
  traces: SessionTraces,
): SlotReconciliation => {
  const durationMs = slotLengthMs(slot);
  const plannedMs = traces.startMs + slot.offsetMs;
  const airedMs = airedMsOf(sounds.filter(isDated));
  const state = stateOf({ airedMs, durationMs, gap: traces.gap });
  const refusals = traces.refusals.filter((refused) => refusesSlot(refused, slot));
  const clip = slot.clip?.sha256 ?? null;
  const { offsetMs, kind, bulletin, role } = slot;
  return {
    ...{ offsetMs, plannedMs, durationMs, kind, clip, bulletin, role, state },
    final: state === 'aired' || traces.gap === null,
    airedMs,
    startedMs: startOf(sounds),
    ...whyNot(state, { sounds, refusals, traces, plannedMs }),
    records: sounds.map(({ record }) => record.seq),
    refusals: refusals.map(({ seq }) => seq),
  };
};

/** How much of the item was heard, by its own time line where the records tell it. */
const airedMsOf = (sounds: readonly Sound[]): number => {
  if (sounds.length < 2 || sounds.some(({ record }) => record.skippedMs === undefined)) {
    return airtimeMsOf(sounds);
  }
  const heard = sounds.flatMap(({ audible, record: { played, skippedMs = 0 } }) =>
    shiftedBy(audible, skippedMs - played.fromMs),
  );
  return lengthOf(unionOf(heard));
};

interface Heard {
  readonly airedMs: number;
  readonly durationMs: number;
  readonly gap: SessionGap;
}

const stateOf = ({ airedMs, durationMs, gap }: Heard): SlotState => {
  if (airedMs > 0 && airedMs >= durationMs - SLOT_TOLERANCE_MS) return 'aired';
  if (airedMs > 0) return 'partlyAired';
  return gap === null ? 'notAired' : 'awaitingData';
};

const startOf = (sounds: readonly Sound[]): number | null => {
  const heard = sounds.filter(isDated).flatMap((sound) => firstHeardMs(sound) ?? []);
  return heard.length === 0 ? null : Math.min(...heard);
};

const refusesSlot = (refusal: RefusedRecord, slot: Slot): boolean =>
  isOfSession(refusal) ||
  (refusal.clip === (slot.clip?.sha256 ?? null) && refusal.bulletin === slot.bulletin);

/** What is wrong with the hour is told once, of the whole session. */
const isOfSession = ({ clip, bulletin }: RefusedRecord): boolean =>
  clip === null && bulletin === null;

interface SlotTraces {
  readonly sounds: readonly Sound[];
  readonly refusals: readonly RefusedRecord[];
  readonly traces: SessionTraces;
  readonly plannedMs: number;
}

const whyNot = (state: SlotState, slot: SlotTraces): Why => {
  if (state === 'aired') return { reason: null, cause: null };
  if (state === 'partlyAired') return { reason: 'cutShort', cause: lastReason(slot.sounds) };
  if (state === 'notAired') return whyNotAired(slot);
  const refusal = slot.refusals.at(-1)?.reason ?? null;
  return { reason: untrusted(slot.sounds) ?? slot.traces.gap, cause: refusal };
};

const untrusted = (sounds: readonly Sound[]): 'undated' | 'afterInstant' | undefined => {
  if (sounds.some(({ offsetMs }) => offsetMs === null)) return 'undated';
  return sounds.some(({ afterInstant }) => afterInstant) ? 'afterInstant' : undefined;
};

const whyNotAired = ({ sounds, refusals, traces, plannedMs }: SlotTraces): Why => {
  if (sounds.length > 0) return { reason: 'notAudible', cause: lastReason(sounds) };
  const ofItem = refusals.findLast((refusal) => !isOfSession(refusal));
  if (ofItem !== undefined) return { reason: 'refused', cause: ofItem.reason };
  const off = offAt(traces.reach, plannedMs);
  if (off !== undefined) return { reason: 'speakerOff', cause: off };
  const ofSession = refusals.at(-1);
  if (ofSession !== undefined) return { reason: 'refused', cause: ofSession.reason };
  if (traces.sounds.length === 0) return { reason: 'notBegun', cause: null };
  return { reason: 'notReached', cause: lastReason(traces.sounds) };
};

const lastReason = (sounds: readonly Sound[]): Why['cause'] =>
  sounds.findLast(({ record }) => record.reason !== null)?.record.reason ?? null;
