import type { StarterPack } from '#content/packs/pack.ts';
import { addDays } from '#runtime/day-table.ts';
import type { Daypart, LocalDay } from '#schemas/primitives.ts';
import type { Change } from '../ports/store.ts';
import { awaitingSpeaker } from './create-speaker.ts';

/** What the administrator of this installation wants otherwise than the pack says; null keeps it. */
export interface StarterSettings {
  readonly slug: string | null;
  readonly zone: string | null;
  readonly quietHours: readonly Daypart[] | null;
  readonly fourEyes: boolean | null;
}

export interface StarterInput {
  readonly pack: StarterPack;
  readonly settings: StarterSettings;
  readonly today: LocalDay;
  readonly nowMs: number;
  readonly newId: () => string;
}

/** Ids by the keys that the pack uses among its entries. */
export interface StarterIds {
  readonly units: ReadonlyMap<string, string>;
  readonly directives: ReadonlyMap<string, string>;
  readonly campaigns: ReadonlyMap<string, string>;
}

type Days = { readonly from: LocalDay; readonly to: LocalDay };

const idsOf = (entries: readonly { key: string }[], newId: () => string) =>
  new Map(entries.map(({ key }) => [key, newId()]));

/** The id of a key; the pack's loader has checked that every key is there. */
const idOf = (ids: ReadonlyMap<string, string>, key: string): string => {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`the pack names ${key}, which it does not hold`);
  return id;
};

const siteChange = ({ pack, settings, nowMs }: StarterInput): Change => ({
  do: 'insert',
  what: 'site',
  value: {
    slug: settings.slug ?? pack.site.slug,
    name: pack.site.name,
    zone: settings.zone ?? pack.site.zone,
    fourEyes: settings.fourEyes ?? true,
    createdMs: nowMs,
  },
});

const unitChanges = ({ pack, today }: StarterInput, ids: StarterIds): Change[] =>
  pack.units.map(({ key, parent, level, name }) => ({
    do: 'insert',
    what: 'unit',
    value: {
      id: idOf(ids.units, key),
      parent: parent === null ? null : idOf(ids.units, parent),
      level,
      name,
      from: today,
      to: null,
    },
  }));

const speakerChanges = ({ pack, nowMs, newId }: StarterInput, ids: StarterIds): Change[] =>
  pack.speakers.map((speaker) => {
    const place = { ...speaker, unit: idOf(ids.units, speaker.unit) };
    return { do: 'insert', what: 'speaker', value: awaitingSpeaker(newId(), place, nowMs) };
  });

const directiveChanges = ({ pack, today }: StarterInput, ids: StarterIds): Change[] =>
  pack.directives.map(({ key, ...directive }) => ({
    do: 'insert',
    what: 'directive',
    value: { id: idOf(ids.directives, key), ...directive, day: today },
  }));

const campaignChanges = ({ pack }: StarterInput, ids: StarterIds, days: Days): Change[] =>
  pack.campaigns.map(({ key, name, directive }) => ({
    do: 'insert',
    what: 'campaign',
    value: {
      id: idOf(ids.campaigns, key),
      name,
      directive: directive === null ? null : idOf(ids.directives, directive),
      ...days,
    },
  }));

const ruleChanges = ({ pack, newId }: StarterInput, ids: StarterIds, days: Days): Change[] =>
  pack.rules.map((rule) => ({
    do: 'insert',
    what: 'rule',
    value: {
      id: newId(),
      version: 1,
      versionFrom: days.from,
      directive: directiveOf(pack, rule.campaign, ids),
      campaign: idOf(ids.campaigns, rule.campaign),
      unit: idOf(ids.units, rule.unit),
      scope: rule.scope,
      level: null,
      coverage: { numerator: 1, denominator: 1 },
      per: 'day',
      everyDays: null,
      minOccurrences: rule.minOccurrences,
      minMinutes: rule.minMinutes,
      ...days,
      weekdays: [],
      dayparts: rule.dayparts,
      minSpacingMin: 0,
      maxGapS: 60,
      startToleranceS: 120,
      counts: 'campaign',
      unlessAired: null,
    },
  }));

const directiveOf = (pack: StarterPack, campaign: string, ids: StarterIds): string | null => {
  const key = pack.campaigns.find((known) => known.key === campaign)?.directive ?? null;
  return key === null ? null : idOf(ids.directives, key);
};

const capChanges = ({ pack, settings, today, newId }: StarterInput, ids: StarterIds): Change[] =>
  pack.units
    .filter((unit) => unit.parent === null)
    .map((unit) => ({
      do: 'insert',
      what: 'cap',
      value: {
        id: newId(),
        version: 1,
        unit: idOf(ids.units, unit.key),
        from: today,
        to: null,
        maxSessionsPerDay: null,
        maxDaysPerWeek: null,
        maxSessionMinutes: null,
        maxDayMinutes: null,
        forbiddenWeekdays: [],
        quietHours: [...(settings.quietHours ?? pack.site.quietHours)],
      },
    }));

/**
 * What makes a site of a pack, with ids of its own: campaigns and rules hold from today for the
 * pack's number of days.
 */
export const packToChanges = (input: StarterInput): { changes: Change[]; ids: StarterIds } => {
  const { pack, today, newId } = input;
  const days = { from: today, to: addDays(today, pack.validDays - 1) };
  const ids: StarterIds = {
    units: idsOf(pack.units, newId),
    directives: idsOf(pack.directives, newId),
    campaigns: idsOf(pack.campaigns, newId),
  };
  const changes = [
    siteChange(input),
    ...unitChanges(input, ids),
    ...speakerChanges(input, ids),
    ...directiveChanges(input, ids),
    ...campaignChanges(input, ids, days),
    ...ruleChanges(input, ids, days),
    ...capChanges(input, ids),
  ];
  return { changes, ids };
};
