import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api } from '../../shared/api/api.ts';
import { boundsQuery } from '../../shared/api/bounds-query.ts';
import { isOvertaken, rebaseDraft } from '../../shared/overtaken.ts';
import {
  draftToBounds,
  draftToSettings,
  type SpeakerBounds,
  settingsToDraft,
} from './settings-draft.ts';
import { settingsQuery } from './settings-queries.ts';

const isSame = (a: SpeakerBounds, b: SpeakerBounds): boolean =>
  a.maxVolume === b.maxVolume && a.maxContinuousMin === b.maxContinuousMin;

/**
 * The settings as somebody changes them. When others were saved meanwhile nothing is overwritten: what
 * was entered stays, and all else becomes what holds now.
 */
export const useSettingsDraft = () => {
  const client = useQueryClient();
  const { data: settings } = useSuspenseQuery(settingsQuery);
  const { data: bounds } = useSuspenseQuery(boundsQuery);
  const [seen, setSeen] = useState({ settings, bounds });
  const [draft, setDraft] = useState(() => settingsToDraft(settings, bounds));
  const [isRebased, setRebased] = useState(false);
  const standing = settingsToDraft(seen.settings, seen.bounds);
  const rebase = async (): Promise<void> => {
    const now = {
      settings: await client.fetchQuery({ ...settingsQuery, staleTime: 0 }),
      bounds: await client.fetchQuery({ ...boundsQuery, staleTime: 0 }),
    };
    setSeen(now);
    setDraft(rebaseDraft(draft, standing, settingsToDraft(now.settings, now.bounds)));
    setRebased(true);
  };
  const save = async (confirmed: string[]): Promise<void> => {
    try {
      const bounds = draftToBounds(draft);
      const json = {
        ...{ ...draftToSettings(draft), seen: seen.settings, confirmed },
        ...(!isSame(bounds, seen.bounds) && { limits: { ...bounds, seen: seen.bounds } }),
      };
      setSeen({ settings: await answered(api.settings.$post({ json })), bounds });
      setRebased(false);
    } catch (error) {
      if (isOvertaken(error)) await rebase();
      throw error;
    }
  };
  return { draft, setDraft, save, isRebased, standing };
};
