import { SimpleGrid, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api } from '../../shared/api/api.ts';
import { boundsQuery } from '../../shared/api/bounds-query.ts';
import { siteQuery } from '../../shared/api/queries.ts';
import { useText } from '../../shared/texts/texts.ts';
import { CheckedForm } from '../../shared/ui/checked-form.tsx';
import { DaypartsField } from '../../shared/ui/dayparts-field.tsx';
import { LineField } from '../../shared/ui/line-field.tsx';
import { LateField } from './late-field.tsx';
import { MannersField } from './manners-field.tsx';
import {
  draftToBounds,
  draftToSettings,
  type SettingsDraft,
  settingNumbers,
  settingsToDraft,
} from './settings-draft.ts';
import { settingsQuery } from './settings-queries.ts';

/** What plans and speakers of the site keep to where no rule and no cap says more, checked before it is saved. */
export const SettingsForm = () => {
  const say = useText();
  const { data: site } = useSuspenseQuery(siteQuery);
  const { data: settings } = useSuspenseQuery(settingsQuery);
  const { data: bounds } = useSuspenseQuery(boundsQuery);
  const [draft, setDraft] = useState<SettingsDraft>(() => settingsToDraft(settings, bounds));
  const [isSaved, setSaved] = useState(false);
  const change = (changed: Partial<SettingsDraft>) => {
    setSaved(false);
    setDraft({ ...draft, ...changed });
  };
  const check = () => answered(api.settings.check.$post({ json: draftToSettings(draft) }));
  const save = async (confirmed: string[]) => {
    await answered(api.settings.$post({ json: { ...draftToSettings(draft), confirmed } }));
    await answered(api.limits.$post({ json: draftToBounds(draft) }));
  };
  return (
    <CheckedForm
      value={draft}
      check={async () => (await check()).findings}
      save={save}
      onDone={() => {
        change({});
        setSaved(true);
      }}
    >
      <Text size="sm">{say('settings.zone', { zone: site.zone })}</Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {settingNumbers.map(({ field, min, max }) => (
          <LineField
            key={field}
            label={say(`settings.${field}`)}
            type="number"
            required={field !== 'volume'}
            min={min}
            max={max}
            value={draft[field]}
            onText={(text) => change({ [field]: text })}
          />
        ))}
      </SimpleGrid>
      <DaypartsField
        label={say('settings.quietHours')}
        value={draft.quietHours}
        onChange={(quietHours) => change({ quietHours: [...quietHours] })}
      />
      <DaypartsField
        label={say('settings.dayparts')}
        value={draft.dayparts}
        onChange={(dayparts) => change({ dayparts: [...dayparts] })}
      />
      <LateField value={draft.late} onLate={(late) => change({ late: late ?? draft.late })} />
      <MannersField value={draft.manners} onChange={(manners) => change({ manners })} />
      {isSaved && <Text role="status">{say('settings.saved')}</Text>}
    </CheckedForm>
  );
};
