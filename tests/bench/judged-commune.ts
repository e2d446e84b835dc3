import type { JudgedSpeaker, JudgeInput, UnitSpan } from '#core/airtime/judge-input.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Id } from '#schemas/primitives.ts';
import { GENESIS_HASH, type LogRecord, type RecordBody } from '#schemas/records/log-record.ts';
import { plannedSessionId } from '#schemas/session.ts';

const zone = 'Asia/Ho_Chi_Minh';
const FIRST_DAY = '2026-03-02';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A speaker starts anew about once a week. */
const BOOT_DAYS = 7;
const SESSION_HOURS = [5, 11, 16, 19];
const ITEMS_A_SESSION = 15;
const ITEM_MS = 2 * MINUTE_MS;

/** How big a commune is: AIRTIME.md, 6 counts a campaign of 90 days and 60 broadcasts a day. */
export interface CommuneSize {
  readonly villages: number;
  readonly speakersAVillage: number;
  readonly days: number;
  /** Days between two starts of a speaker; about a week unless told. */
  readonly bootDays?: number;
}

const id = (number: number): Id => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const campaign = id(1);
const commune = id(2);

/** A commune whose speakers aired everything: the input of a recount, its records included. */
export const judgedCommune = (size: CommuneSize): JudgeInput => {
  const table = createDayTable(zone, FIRST_DAY, size.days);
  const startMs = table[0]?.startMs ?? 0;
  const villages = Array.from({ length: size.villages }, (_, index) => id(1000 + index));
  const speakers = villages.flatMap((unit, village) =>
    Array.from({ length: size.speakersAVillage }, (_, index): JudgedSpeaker => {
      const speaker = id(100_000 + village * size.speakersAVillage + index);
      const log = logOf(speaker, startMs, size);
      return { speaker, stays: [{ unit, from: '2026-01-01', to: null }], log, planned: [] };
    }),
  );
  return {
    rules: [ruleUntil(table.at(-1)?.day ?? FIRST_DAY)],
    table,
    units: [unitSpan(commune, null), ...villages.map((unit) => unitSpan(unit, commune))],
    speakers,
    excuses: [],
    locks: [],
    nowMs: startMs + (size.days + 1) * DAY_MS,
  };
};

/** How many of the input's records are broadcasts. */
export const broadcastsIn = ({ speakers }: JudgeInput): number =>
  speakers.reduce((sum, { log }) => sum + log.filter(({ kind }) => kind === 'ended').length, 0);

const unitSpan = (unit: Id, parent: Id | null): UnitSpan => ({
  unit,
  level: parent === null ? 'commune' : 'village',
  parent,
  from: '2020-01-01',
  to: null,
});

/** What 000 Hoằng Phong demands: twice a day thirty minutes. */
const ruleUntil = (to: string): AirtimeRule => ({
  id: id(3),
  version: 1,
  versionFrom: FIRST_DAY,
  directive: null,
  campaign,
  unit: commune,
  scope: 'each',
  level: 'village',
  coverage: { numerator: 1, denominator: 1 },
  per: 'day',
  everyDays: null,
  minOccurrences: 2,
  minMinutes: 30,
  from: FIRST_DAY,
  to,
  weekdays: [],
  dayparts: [],
  minSpacingMin: 0,
  maxGapS: 60,
  startToleranceS: 120,
  counts: 'campaign',
  unlessAired: null,
});

interface Moment {
  readonly atMs: number;
  readonly body: RecordBody;
}

/** A whole log: heartbeats by the hour, four sessions of fifteen items a day, a boot now and then. */
const logOf = (
  speaker: Id,
  startMs: number,
  { days, bootDays = BOOT_DAYS }: CommuneSize,
): readonly LogRecord[] => {
  const log: LogRecord[] = [];
  let boot = id(500_000);
  let bootMs = startMs - HOUR_MS;
  const write = ({ atMs, body }: Moment): void => {
    const seq = log.length + 1;
    const clock = { source: 'server', offsetMs: bootMs, uncertaintyMs: 5 } as const;
    const common = { v: 1, site: 'lang-thu', prev: GENESIS_HASH, speaker, seq, boot } as const;
    log.push({ ...common, posMs: atMs - bootMs, clock, ...body });
  };
  const bootAt = (atMs: number): void => {
    bootMs = atMs;
    boot = id(500_000 + log.length);
    for (const body of bootBodies(atMs)) write({ atMs, body });
  };
  bootAt(bootMs);
  for (let day = 0; day < days; day += 1) {
    const dayMs = startMs + day * DAY_MS;
    if (day % bootDays === bootDays - 1) bootAt(dayMs + 2 * MINUTE_MS);
    for (const moment of momentsOf(dayMs, bootMs)) write(moment);
  }
  write({ atMs: startMs + days * DAY_MS, body: beat });
  return log;
};

const beat: RecordBody = { kind: 'heartbeat', openSession: null };

const bootBodies = (wallMs: number): readonly RecordBody[] => [
  { kind: 'boot', cause: 'first', previousBoot: null, agentVersion: '1', tornLine: false },
  { kind: 'clock', anchor: { posMs: 0, wallMs, uncertaintyMs: 5, source: 'server' } },
];

const momentsOf = (dayMs: number, bootMs: number): readonly Moment[] => {
  const beats = Array.from({ length: 24 }, (_, hour) => ({
    atMs: dayMs + hour * HOUR_MS + 5 * MINUTE_MS,
    body: beat,
  }));
  const items = SESSION_HOURS.flatMap((hour) => {
    const plannedMs = dayMs + hour * HOUR_MS;
    return Array.from({ length: ITEMS_A_SESSION }, (_, index) => {
      const fromMs = plannedMs + index * ITEM_MS;
      return { atMs: fromMs + ITEM_MS, body: itemBody(plannedMs, fromMs - bootMs) };
    });
  });
  return [...beats, ...items].sort((a, b) => a.atMs - b.atMs);
};

const itemBody = (plannedMs: number, fromMs: number): RecordBody => {
  const played = { fromMs, toMs: fromMs + ITEM_MS };
  return {
    kind: 'ended',
    session: plannedSessionId(plannedMs),
    playlist: GENESIS_HASH,
    slotOffsetMs: fromMs,
    item: {
      kind: 'clip',
      clip: GENESIS_HASH,
      durationMs: ITEM_MS,
      bulletin: id(4),
      campaigns: [campaign],
      role: 'bulletin',
      priority: 'normal',
    },
    drill: false,
    played,
    audible: [{ ...played }],
    outcome: 'whole',
    reason: null,
    volume: 80,
    measurement: null,
  };
};
