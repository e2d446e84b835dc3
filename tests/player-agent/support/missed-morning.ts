import { judge } from '#core/airtime/judge.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { MakeGoodPolicy } from '#schemas/make-good.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { plannedSessionId } from '#schemas/session.ts';
import type { Verdict } from '#schemas/verdict.ts';
import { type AgentRig, createAgentRig } from './agent-rig.ts';
import { CAMPAIGN, clipOf, idOf, playlistOf, SPEAKER, sessionOf, ZONE } from './station.ts';

export const DAY = '2026-11-23';
export const at = (time: string) => Date.parse(`${DAY}T${time}+07:00`);
export const MORNING = at('05:30:00');
export const EVENING = at('17:00:00');
const UNIT = idOf(0xd1);

/** Twice a day five minutes, in the morning and in the evening. */
export const rule: AirtimeRule = {
  id: idOf(0xe1),
  version: 1,
  versionFrom: '2026-11-01',
  directive: null,
  campaign: CAMPAIGN,
  unit: UNIT,
  scope: 'own',
  level: null,
  coverage: { numerator: 1, denominator: 1 },
  per: 'day',
  everyDays: null,
  minOccurrences: 2,
  minMinutes: 5,
  from: '2026-11-01',
  to: '2026-11-30',
  weekdays: [],
  dayparts: [
    { from: '05:30', to: '08:00' },
    { from: '17:00', to: '18:30' },
  ],
  minSpacingMin: 0,
  maxGapS: 60,
  startToleranceS: 120,
  counts: 'campaign',
  unlessAired: null,
};

export const morning = [clipOf('morning one', 200_000), clipOf('morning two', 130_000)];
export const evening = [clipOf('evening one', 190_000), clipOf('evening two', 150_000)];

/** A village with a morning and an evening session, its power on from the eve. */
export const village = (change: Partial<MakeGoodPolicy> = {}): AgentRig => {
  const rig = createAgentRig({ at: '2026-11-22T23:50:00+07:00', random: () => 0.5 });
  rig.addClips(...morning, ...evening);
  rig.station.limit({
    makeGood: {
      mode: 'byItself',
      owesFrom: null,
      rules: [rule],
      caps: [],
      programmes: [],
      ...change,
    },
  });
  const sessions = [sessionOf(MORNING, morning), sessionOf(EVENING, evening)];
  rig.station.point({ days: { [DAY]: rig.station.plan(playlistOf(DAY, sessions)) } });
  return rig;
};

/** The power is off from shortly before the morning session until `until`. */
export const darkMorning = async (rig: AgentRig, until = '06:00:00') => {
  const first = await rig.boot();
  await rig.clock.advanceToWall(at('05:20:00'));
  first.powerCut();
  await rig.clock.advanceToWall(at(until));
};

/** What the judge says of the day once it is over. */
export const verdictOf = async (rig: AgentRig): Promise<Verdict | undefined> => {
  await rig.clock.advanceToWall(at('24:00:00') + 60_000);
  const table = createDayTable(ZONE, DAY, 1);
  const found = judge({
    rules: [rule],
    table,
    units: [{ unit: UNIT, level: 'village', parent: null, from: DAY, to: null }],
    speakers: [
      {
        speaker: SPEAKER,
        stays: [{ unit: UNIT, from: DAY, to: null }],
        log: rig.station.records,
        planned: [MORNING, EVENING].map(plannedSessionId),
      },
    ],
    excuses: [],
    locks: [],
    nowMs: rig.clock.wallMs(),
  });
  if (!found.ok) throw new Error(found.problem.code);
  return found.value.verdicts[0];
};

/** What sounded to repay. */
export const repaying = (rig: AgentRig) =>
  rig.recordsOf('ended').filter(({ repays }) => repays !== undefined);
/** The sessions in which it did. */
export const sessionsRepaying = (rig: AgentRig) => [
  ...new Set(repaying(rig).map(({ session }) => session)),
];
/** Which sessions were not repaid, and why. */
export const notRepaid = (records: readonly LogRecord[]) =>
  records.flatMap((record) =>
    record.kind === 'refused' && record.what === 'makeGood'
      ? [[record.repays?.session, record.reason]]
      : [],
  );
