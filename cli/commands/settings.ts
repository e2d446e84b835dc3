import type { Command } from 'commander';
import { callAndPrint } from '../client/api.ts';
import { numberIn } from '../number-in.ts';
import { text } from '../text.ts';
import { hoursIn, NONE } from './hours-words.ts';
import { lateIn, mannersIn } from './late-words.ts';

interface SettingWords {
  readonly margin?: string;
  readonly latestStart?: string;
  readonly stagger?: string;
  readonly volume?: string;
  readonly loudness?: string;
  readonly quietHours?: string;
  readonly dayparts?: string;
  readonly late?: string;
  readonly manners?: string;
  readonly check?: true;
  readonly confirm?: string;
}

/** The members that were told. */
const changesIn = ({ margin, latestStart, stagger, volume, loudness, ...hours }: SettingWords) => ({
  ...(margin !== undefined && { marginS: Number(margin) }),
  ...(latestStart !== undefined && { latestStartMin: Number(latestStart) }),
  ...(stagger !== undefined && { staggerS: Number(stagger) }),
  ...(volume !== undefined && { volume: volume === NONE ? null : numberIn(volume) }),
  ...(loudness !== undefined && { loudnessLufs: Number(loudness) }),
  ...(hours.quietHours !== undefined && { quietHours: hoursIn(hours.quietHours) }),
  ...(hours.dayparts !== undefined && { dayparts: hoursIn(hours.dayparts) }),
  ...(hours.late !== undefined && { late: lateIn(hours.late) }),
  ...(hours.manners !== undefined && { manners: mannersIn(hours.manners) }),
});

const showOrSet = (words: SettingWords): Promise<void> => {
  const { check, confirm } = words;
  const changes = changesIn(words);
  return callAndPrint<unknown>(async ({ api }) => {
    const standing = await api.settings.$get();
    const isShown = check === undefined && Object.keys(changes).length === 0;
    if (!standing.ok || isShown) return standing;
    const confirmed = confirm === undefined ? [] : confirm.split(',');
    const seen = await standing.json();
    const json = { ...seen, ...changes, seen, confirmed };
    return check === undefined ? api.settings.$post({ json }) : api.settings.check.$post({ json });
  });
};

/** What the site's plans and speakers keep to where no rule and no cap says more. */
export const addSettingsCommand = (program: Command): void => {
  program
    .command('settings')
    .option('--margin <seconds>', text('settingsMargin'))
    .option('--latest-start <minutes>', text('settingsLatestStart'))
    .option('--stagger <seconds>', text('settingsStagger'))
    .option('--volume <percent>', text('settingsVolume'))
    .option('--loudness <lufs>', text('settingsLoudness'))
    .option('--quiet-hours <list>', text('settingsQuietHours'))
    .option('--dayparts <list>', text('settingsDayparts'))
    .option('--late <answer>', text('settingsLate'))
    .option('--manners <list>', text('settingsManners'))
    .option('--check', text('settingsCheck'))
    .option('--confirm <codes>', text('confirmCodes'))
    .description(text('settings'))
    .action(showOrSet);
};
