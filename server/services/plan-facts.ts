import type { DayTable } from '#core/local-time.ts';
import { reachingOver } from '#core/plan/day-before.ts';
import type {
  AiredDay,
  ExemptingDay,
  FrameItem,
  LastPlayed,
  PlanBulletin,
  PlanInput,
  PlanSettings,
} from '#core/plan/plan-input.ts';
import { fixedOn, reachingInto } from '#core/plan/programme-hours.ts';
import { addDays, createDayTable, localDayAt } from '#runtime/day-table.ts';
import type { Bulletin, Clip } from '#schemas/entities/bulletin.ts';
import type { Site, Speaker } from '#schemas/entities/site.ts';
import type { Playlist } from '#schemas/playlist.ts';
import type { Id, LocalDay } from '#schemas/primitives.ts';
import type { SiteSettings } from '#schemas/site-settings.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { airedBefore, countsDays } from './counted-days.ts';
import { knownSite } from './known-site.ts';
import {
  createPlacedIdents,
  type OnAir,
  type PlacedIdent,
  type PlacedIdents,
} from './placed-idents.ts';
import { readSiteSettings, staggerOf } from './site-settings.ts';
import { type Placed, readSiteRules, type SiteRules } from './speaker-scope.ts';

/** Days that are planned after today. Source: DESIGN.md, the way of a broadcast, 3. */
export const PLANNED_DAYS_AHEAD = 14;

/** All that plans of one moment are made from. */
export interface PlanFacts {
  readonly site: Site;
  readonly nowMs: number;
  readonly yesterday: LocalDay;
  /** Today and the days after it that are planned. */
  readonly days: readonly LocalDay[];
  readonly rules: SiteRules;
  readonly bulletins: readonly PlanBulletin[];
  /** The hotlines that are slots of their own. */
  readonly hotlines: readonly FrameItem[];
  readonly idents: PlacedIdents;
  /** The units of those bulletins that are meant for some units only, by the bulletin's id. */
  readonly unitsById: ReadonlyMap<Id, readonly Id[]>;
  /** Ids of bulletins that were withdrawn and could still stand in a playlist. */
  readonly withdrawn: readonly string[];
  readonly settings: SiteSettings;
  /** How much later than the first one of its unit a speaker begins, in seconds; 0 for any other. */
  readonly staggerById: ReadonlyMap<Id, number>;
}

/** Reads the facts as they are now. */
export const readPlanFacts = async (
  ports: Pick<ServerPorts, 'store' | 'clock'>,
): Promise<PlanFacts> => {
  const { store, clock } = ports;
  const nowMs = Math.floor(clock.wallMs());
  const site = await knownSite(store);
  const today = localDayAt(nowMs, site.zone);
  const bulletins = (await store.bulletins()).filter(({ expiresMs }) => expiresMs > nowMs);
  const released = bulletins.filter(({ state, trial }) => state === 'released' && !trial);
  const clips = await store.clips([...new Set(released.map(({ clip }) => clip))]);
  const clipBySha256 = new Map(clips.map((clip) => [clip.sha256, clip]));
  const items = released.flatMap((bulletin) => {
    const clip = clipBySha256.get(bulletin.clip);
    if (clip === undefined) return [];
    return [{ first: bulletin.first, item: bulletinToItem(bulletin, clip) }];
  });
  const framing = items.filter((each): each is OnAir => 'role' in each.item);
  const settings = await readSiteSettings(store);
  return {
    site,
    nowMs,
    yesterday: addDays(today, -1),
    days: Array.from({ length: PLANNED_DAYS_AHEAD + 1 }, (_, index) => addDays(today, index)),
    rules: await readSiteRules(store),
    bulletins: items.flatMap(({ item }) => ('role' in item ? [] : [item])),
    hotlines: framing.map(({ item }) => item).filter(({ role }) => role === 'hotline'),
    idents: createPlacedIdents(await store.idents(), framing),
    unitsById: new Map(
      released.filter(({ units }) => units.length > 0).map(({ id, units }) => [id, units]),
    ),
    withdrawn: bulletins
      .filter(isTakenOff)
      .map(({ id }) => id)
      .sort(),
    settings,
    staggerById: staggerOf(await store.speakers(), settings),
  };
};

/** Whether speakers are told never to play it any more. */
export const isTakenOff = ({ state }: Pick<Bulletin, 'state'>): boolean =>
  state === 'withdrawn' || state === 'replaced';

/** A released bulletin as the planner takes it. */
export const bulletinToItem = (bulletin: Bulletin, clip: Clip): PlanBulletin | FrameItem => {
  const { id, role, campaigns, priority, validFromMs, expiresMs } = bulletin;
  const { sha256, bytes, durationMs } = clip;
  const shared = { clip: { sha256, bytes, durationMs }, validFromMs, expiresMs };
  if (role !== 'bulletin') return { ...shared, role, bulletin: id };
  const releasedMs = bulletin.releasedMs ?? bulletin.createdMs;
  return { ...shared, id, campaigns, priority, releasedMs };
};

/** What of a speaker's day depends on the days before it. */
export interface DayBefore {
  readonly played: readonly LastPlayed[];
  readonly last: Playlist | null;
  readonly previous: Playlist | null;
  /** What days before it have aired, or are planned to; null where that is not looked at. */
  readonly aired: readonly AiredDay[] | null;
  /** Broadcasts that free the speaker, in the week of the day. */
  readonly exempting: readonly ExemptingDay[];
}

/** What a plan depends on of a speaker: where it stands, and since when it owes anything. */
export type PlannedSpeaker = Placed & Pick<Speaker, 'enrolledMs'> & { readonly id: Id | null };

/** Tells of bulletins by their ids whether the speaker, where it stands that day, may play them. */
export const meantFor = (
  { rules, unitsById }: Pick<PlanFacts, 'rules' | 'unitsById'>,
  speaker: Placed,
  day: LocalDay,
): ((bulletin: Id | null) => boolean) => {
  if (unitsById.size === 0) return () => true;
  const above = new Set(rules.unitsAbove(speaker, day));
  return (bulletin) => unitsById.get(bulletin ?? '')?.some((unit) => above.has(unit)) ?? true;
};

/** Campaigns that have bulletins, but none of them for this speaker, with how many they have. */
const campaignsElsewhere = (
  all: readonly PlanBulletin[],
  meant: readonly PlanBulletin[],
): NonNullable<PlanInput['elsewhere']> => {
  const here = new Set(meant.flatMap(({ campaigns }) => campaigns));
  const elsewhere = all.flatMap(({ campaigns }) => campaigns).filter((id) => !here.has(id));
  return [...Map.groupBy(elsewhere, (campaign) => campaign)]
    .map(([campaign, each]) => ({ campaign, bulletins: each.length }))
    .sort((a, b) => (a.campaign < b.campaign ? -1 : 1));
};

/** Whether something may sound at any instant of the days of the table. */
const touchesDay =
  (table: DayTable) =>
  ({ validFromMs, expiresMs }: Pick<FrameItem, 'validFromMs' | 'expiresMs'>): boolean =>
    validFromMs < (table.at(-1)?.endMs ?? 0) && expiresMs > (table[0]?.startMs ?? 0);

/** Whether something may sound at every instant of the days of the table. */
const lastsThrough =
  (table: DayTable) =>
  ({ validFromMs, expiresMs }: Pick<FrameItem, 'validFromMs' | 'expiresMs'>): boolean =>
    validFromMs <= (table[0]?.startMs ?? 0) && expiresMs >= (table.at(-1)?.endMs ?? 0);

/** The idents and closings of a day, each role's with its rank. */
const ranked = (placed: readonly PlacedIdent[]): readonly FrameItem[] =>
  [...Map.groupBy(placed, ({ item }) => item.role).values()].flatMap((ofRole) =>
    ofRole.map(({ item }, rank) => (rank === 0 ? item : { ...item, rank })),
  );

/**
 * What stands around the bulletins of the sessions that begin on the table's first day where the
 * speaker stands. An ident that may not sound throughout has those of the levels above behind it.
 */
export const frameOn = (
  facts: Pick<PlanFacts, 'rules' | 'unitsById' | 'hotlines' | 'idents'>,
  { speaker, table }: { readonly speaker: Placed; readonly table: DayTable },
): readonly FrameItem[] => {
  const day = table[0]?.day ?? '';
  const touches = touchesDay(table);
  const isMeant = meantFor(facts, speaker, day);
  // One that begins tomorrow must not silence today what stands for the units above.
  const isToday = touchesDay(table.slice(0, 1));
  const path = facts.rules.unitsAbove(speaker, day);
  const idents = facts.idents.above(path, {
    sounds: (item) => isToday(item) && isMeant(item.bulletin),
    isEnough: lastsThrough(table),
  });
  const hotlines = facts.hotlines.filter((item) => touches(item) && isMeant(item.bulletin));
  return [...hotlines, ...ranked(idents)];
};

/** The planner's input for one speaker and day; only bulletins that are meant for it are in it. */
export const planInput = (
  facts: PlanFacts,
  { speaker, day }: { readonly speaker: PlannedSpeaker; readonly day: LocalDay },
  before: DayBefore,
): PlanInput => {
  const { site, nowMs, rules, settings } = facts;
  const staggerS = facts.staggerById.get(speaker.id ?? '') ?? 0;
  const table = createDayTable(site.zone, day, 2);
  const touches = touchesDay(table);
  const enrolledDay =
    speaker.enrolledMs === null ? null : localDayAt(speaker.enrolledMs, site.zone);
  const owed = rules.rulesOf(speaker, day);
  const caps = rules.capsOf(speaker, day);
  const programmes = rules.programmesOf(speaker, day);
  const isMeant = meantFor(facts, speaker, day);
  const there = facts.bulletins.filter(touches);
  const bulletins = there.filter(({ id }) => isMeant(id));
  const elsewhere = campaignsElsewhere(there, bulletins);
  const isWeekCapped = caps.some(({ maxDaysPerWeek }) => maxDaysPerWeek !== null);
  return {
    site: site.slug,
    day,
    table,
    nowMs,
    rules: owed,
    caps,
    quietHours: settings.quietHours,
    dayparts: settings.dayparts,
    bulletins,
    ...(elsewhere.length === 0 ? {} : { elsewhere }),
    frame: frameOn(facts, { speaker, table }),
    played: before.played,
    occupied: [
      ...reachingOver(before.last, table[0]?.startMs ?? 0),
      ...table.slice(0, 1).flatMap((row) => reachingInto(programmes, row)),
    ],
    previous: before.previous,
    owesFrom: enrolledDay === null ? null : addDays(enrolledDay, 1),
    aired: before.aired && countsDays(owed, caps) ? airedBefore(before.aired, day, owed) : null,
    exempting: isWeekCapped
      ? before.exempting
      : before.exempting.filter((exempting) => exempting.day === day),
    programmes: fixedOn(programmes, day),
    settings: planSettings(settings, staggerS),
  };
};

/** What nobody has set is left out, so that plans of before are named as they were. */
const planSettings = (
  { marginS, latestStartMin, volume, late, manners }: SiteSettings,
  staggerS: number,
): PlanSettings => ({
  ...{ marginS, latestStartMin, volume, staggerS },
  ...(late.do !== 'join' && { late }),
  ...(manners.length > 0 && { manners }),
});
