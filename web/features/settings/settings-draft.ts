import type { SiteSettings } from '#schemas/site-settings.ts';

/** The numbers of the settings in the order of the form, with their bounds. */
export const settingNumbers = [
  { field: 'marginS', min: 0, max: 3600 },
  { field: 'latestStartMin', min: 0, max: 720 },
  { field: 'staggerS', min: 0, max: 60 },
  { field: 'volume', min: 1, max: 100 },
  { field: 'loudnessLufs', min: -24, max: -14 },
  { field: 'maxVolume', min: 0, max: 100 },
  { field: 'maxContinuousMin', min: 1, max: 1440 },
] as const;

/** How loud, and how long without a pause, speakers sound at the most. */
export interface SpeakerBounds {
  readonly maxVolume: number;
  readonly maxContinuousMin: number;
}

type SettingNumber = (typeof settingNumbers)[number]['field'];

/** The settings as they stand in the form: numbers as they are typed, the empty text for none. */
export type SettingsDraft = Readonly<Record<SettingNumber, string>> &
  Pick<SiteSettings, 'quietHours' | 'dayparts' | 'late' | 'manners'>;

/** The settings as the form shows them. */
export const settingsToDraft = (settings: SiteSettings, bounds: SpeakerBounds): SettingsDraft => ({
  quietHours: settings.quietHours,
  dayparts: settings.dayparts,
  late: settings.late,
  manners: settings.manners,
  marginS: `${settings.marginS}`,
  latestStartMin: `${settings.latestStartMin}`,
  staggerS: `${settings.staggerS}`,
  loudnessLufs: `${settings.loudnessLufs}`,
  volume: settings.volume === null ? '' : `${settings.volume}`,
  maxVolume: `${bounds.maxVolume}`,
  maxContinuousMin: `${bounds.maxContinuousMin}`,
});

/** What the server is sent. */
export const draftToSettings = (draft: SettingsDraft): SiteSettings => ({
  quietHours: draft.quietHours,
  dayparts: draft.dayparts,
  late: draft.late,
  manners: draft.manners,
  marginS: Number(draft.marginS),
  latestStartMin: Number(draft.latestStartMin),
  staggerS: Number(draft.staggerS),
  loudnessLufs: Number(draft.loudnessLufs),
  volume: draft.volume === '' ? null : Number(draft.volume),
});

/** The bounds that the server is sent beside them. */
export const draftToBounds = (draft: SettingsDraft): SpeakerBounds => ({
  maxVolume: Number(draft.maxVolume),
  maxContinuousMin: Number(draft.maxContinuousMin),
});
