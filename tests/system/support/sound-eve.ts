import { join } from 'node:path';
import { type Clock, systemClock } from '#runtime/clock.ts';
import { addDays, localDayAt } from '#runtime/day-table.ts';
import {
  type Commune,
  foundCommune,
  type Recording,
  type Released,
} from '#tests/support/commune.ts';
import { eventually } from '#tests/support/eventually.ts';
import { type PlannedSlot, plannedSlots } from '#tests/support/evidence.ts';
import { freePort } from '#tests/support/mosquitto.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { dayBefore, noonZone } from '#tests/support/yesterday.ts';
import { foundSoundVillage, type SoundVillage } from './sound-village.ts';

const MINUTE_MS = 60_000;
/** Server and speakers have this long to come up before the first session. */
const START_UP_MS = 30_000;
const DEADLINE_MS = 60_000;
/** With the planner's margin of 30 s sessions of some 40 s; more than is played by hand. */
const MIN_MINUTES = 0.1;
/** Two sessions with the planner's pause of 30 s, in which a list is played by hand, fit in. */
const DAYPART_MS = 2 * MINUTE_MS;
const OCCURRENCES = 2;

/** Four recordings of human speech, each in a format of its own and with sentences of its own. */
const recordings: readonly Recording[] = [
  { title: 'Bản tin 1', format: 'wav', seconds: 8, skip: 0 },
  { title: 'Bản tin 2', format: 'mp3', seconds: 9, skip: 8 },
  { title: 'Bản tin 3', format: 'm4a', seconds: 10, skip: 16 },
  { title: 'Bản tin 4', format: 'ogg', seconds: 11, skip: 24 },
];

/** What stands when the day begins. Instants are epoch milliseconds. */
export interface SoundEve {
  readonly clock: Clock;
  readonly place: ServerPlace;
  /** What the server of the day finds in its environment: the same ports, the same folder. */
  readonly environment: Readonly<Record<string, string>>;
  readonly commune: Commune;
  readonly bulletins: readonly Released[];
  readonly rule: string;
  readonly day: string;
  /** The three speakers: to be killed; deaf; listening to its own sink. All are enrolled. */
  readonly villages: readonly [SoundVillage, SoundVillage, SoundVillage];
  /** The two sessions of the day, the same for each speaker, slot by slot. */
  readonly sessions: readonly [readonly PlannedSlot[], readonly PlannedSlot[]];
}

const minuteOf = (wallMs: number, timeZone: string): string =>
  new Date(wallMs).toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });

const sessionsOf = (slots: readonly PlannedSlot[]): (readonly PlannedSlot[])[] => [
  ...Map.groupBy(slots, ({ session }) => session).values(),
];

/**
 * The day before: a speaker owes nothing on the day of its enrolment, and sessions are planned ten
 * minutes ahead at the least. Everything is done over HTTP with a server whose clock is a day slow:
 * people, recordings, releases, a rule, and three machines that are enrolled by their codes.
 */
export const prepareSoundDay = async (): Promise<SoundEve> => {
  const clock = systemClock();
  const place = await createServerPlace();
  const zone = noonZone(clock.wallMs());
  const settings = {
    HTTP_PORT: `${await freePort()}`,
    MQTT_PORT: `${await freePort()}`,
    STARTER_ZONE: zone,
    FOUR_EYES: 'true',
  };
  const server = await place.run({ settings, given: { clock: dayBefore(clock) } });
  const day = localDayAt(clock.wallMs(), zone);
  const commune = await foundCommune(server, place.folder, { from: day, to: addDays(day, 1) });
  const bulletins: Released[] = [];
  for (const recording of recordings) bulletins.push(await commune.bring(recording));
  const found = async (speaker: string, listens: boolean) => {
    const folder = join(place.folder, speaker);
    const code = await commune.code(speaker);
    return foundSoundVillage({ serverUrl: server.url, code, speaker, folder, listens });
  };
  const villages = [
    await found(commune.speaker, false),
    await found(await commune.addSpeaker('Cụm loa điếc'), false),
    await found(await commune.addSpeaker('Cụm loa nghe'), true),
  ] as const;

  const firstMs = Math.ceil((clock.wallMs() + START_UP_MS) / MINUTE_MS) * MINUTE_MS;
  const daypart = {
    from: minuteOf(firstMs, zone),
    to: minuteOf(firstMs + DAYPART_MS, zone),
  };
  const span = { from: day, to: day };
  const owed = { minOccurrences: OCCURRENCES, minMinutes: MIN_MINUTES, dayparts: [daypart] };
  const rule = await commune.rule({ ...span, ...owed });
  const { operator } = commune;
  const plans = await eventually(
    () => Promise.all(villages.map(({ speaker }) => plannedSlots(operator, speaker, day))),
    (all) => all.every((slots) => sessionsOf(slots).length === OCCURRENCES),
    DEADLINE_MS,
  );
  await server.stop();
  const [first = [], second = []] = sessionsOf(plans[0] ?? []);
  const sessions = [first, second] as const;
  const environment = place.environment(settings);
  return { clock, place, environment, commune, bulletins, rule, day, villages, sessions };
};
