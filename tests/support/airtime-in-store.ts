import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Bulletin, Clip } from '#schemas/entities/bulletin.ts';
import type { Campaign } from '#schemas/entities/site.ts';
import type { Store, StoredCap } from '#server/ports/store.ts';
import { mustCommit, newId, type SiteInStore } from './site-in-store.ts';

const DAY_MS = 86_400_000;

/** A campaign of a commune under its rule and cap, with a way to add bulletins. */
export interface AirtimeInStore {
  readonly campaign: Campaign;
  readonly rule: AirtimeRule;
  readonly cap: StoredCap;
  addBulletin(changed?: Partial<Bulletin>, durationMs?: number): Promise<Bulletin>;
}

let clips = 0;

const newClip = (durationMs: number): Clip => {
  clips += 1;
  return {
    sha256: clips.toString(16).padStart(64, '0'),
    bytes: durationMs * 12,
    durationMs,
    loudnessLufs: -16,
    truePeakDbtp: -2,
    createdMs: 0,
  };
};

/** Two occurrences a day of five minutes, morning and evening; quiet from 21:00 to 05:00. */
export const putAirtime = async (
  store: Store,
  { commune }: SiteInStore,
  changed: Partial<AirtimeRule> = {},
): Promise<AirtimeInStore> => {
  const from = '2026-01-01';
  const to = '2026-12-31';
  const campaign: Campaign = { id: newId(), name: 'Đợt cao điểm', directive: null, from, to };
  const rule: AirtimeRule = {
    id: newId(),
    version: 1,
    versionFrom: from,
    directive: null,
    campaign: campaign.id,
    unit: commune.id,
    scope: 'subtree',
    level: null,
    coverage: { numerator: 1, denominator: 1 },
    per: 'day',
    everyDays: null,
    minOccurrences: 2,
    minMinutes: 5,
    from,
    to,
    weekdays: [],
    dayparts: [
      { from: '05:30', to: '06:30' },
      { from: '17:00', to: '18:30' },
    ],
    minSpacingMin: 0,
    maxGapS: 60,
    startToleranceS: 120,
    counts: 'campaign',
    unlessAired: null,
    ...changed,
  };
  const cap: StoredCap = {
    id: newId(),
    version: 1,
    unit: commune.id,
    from,
    to: null,
    maxSessionsPerDay: null,
    maxDaysPerWeek: null,
    maxSessionMinutes: null,
    maxDayMinutes: null,
    forbiddenWeekdays: [],
    quietHours: [{ from: '21:00', to: '05:00' }],
  };
  await mustCommit(store, [
    { do: 'insert', what: 'campaign', value: campaign },
    { do: 'insert', what: 'rule', value: rule },
    { do: 'insert', what: 'cap', value: cap },
  ]);
  const addBulletin: AirtimeInStore['addBulletin'] = async (bulletin = {}, durationMs = 60_000) => {
    const clip = newClip(durationMs);
    const id = newId();
    const value: Bulletin = {
      id,
      title: 'Bản tin',
      script: null,
      language: 'vi',
      campaigns: [campaign.id],
      units: [],
      supplier: null,
      role: 'bulletin',
      priority: 'normal',
      clip: clip.sha256,
      state: 'released',
      rejectReason: null,
      manner: null,
      trial: false,
      validFromMs: 0,
      expiresMs: Date.UTC(2026, 11, 31) + DAY_MS,
      createdBy: { kind: 'user', id: 'lan' },
      createdMs: 0,
      releasedMs: 1,
      first: id,
      version: 1,
      versionReason: null,
      ...bulletin,
    };
    await mustCommit(store, [
      { do: 'insert', what: 'clip', value: clip },
      { do: 'insert', what: 'bulletin', value },
    ]);
    return value;
  };
  return { campaign, rule, cap, addBulletin };
};
