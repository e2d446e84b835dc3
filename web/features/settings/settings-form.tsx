import { SimpleGrid, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api } from '../../shared/api/api.ts';
import { siteQuery } from '../../shared/api/queries.ts';
import { useMannersText } from '../../shared/texts/manners-texts.ts';
import { useText } from '../../shared/texts/texts.ts';
import { CheckedForm } from '../../shared/ui/checked-form.tsx';
import { DaypartsField } from '../../shared/ui/dayparts-field.tsx';
import { LineField } from '../../shared/ui/line-field.tsx';
import { LateField } from './late-field.tsx';
import { MannersField } from './manners-field.tsx';
import { draftToSettings, type SettingsDraft, settingNumbers } from './settings-draft.ts';
import { useSettingsDraft } from './use-settings-draft.ts';

/** What plans and speakers of the site keep to where no rule and no cap says more, checked before it is saved. */
export const SettingsForm = () => {
  const say = useText();
  const { data: site } = useSuspenseQuery(siteQuery);
  const sayManners = useMannersText();
  const { draft, setDraft, save, isRebased, standing } = useSettingsDraft();
  const [isSaved, setSaved] = useState(false);
  const change = (changed: Partial<SettingsDraft>) => {
    setSaved(false);
    setDraft({ ...draft, ...changed });
  };
  const check = () => answered(api.settings.check.$post({ json: draftToSettings(draft) }));
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
            {...(isRebased &&
              draft[field] !== standing[field] && {
                description: `${sayManners('overtaken.now')} ${standing[field] || '–'}`,
              })}
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
      {isRebased && <Text size="sm">{sayManners('overtaken')}</Text>}
      {isSaved && <Text role="status">{say('settings.saved')}</Text>}
    </CheckedForm>
  );
};
